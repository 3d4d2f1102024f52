import { writeFileSync } from 'node:fs';
import { simplificationsPage } from './checks/simplifications';

/** Writes docs/simplified.md from the docstrings. */
export function main(): number {
  writeFileSync('docs/simplified.md', simplificationsPage());
  return 0;
}
