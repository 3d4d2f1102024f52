import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LabData } from '../lab-data';
import { parseLab } from '../parse-lab';

const TEXT_FILE = 'lab.md';

/** Reads every lab below a folder, in the order of their names. Runs at build time and in the command line tools. */
export function readLabs(root: string): LabData[] {
  return readdirSync(root)
    .filter((name) => statSync(join(root, name)).isDirectory())
    .sort()
    .map((id) => {
      const folder = join(root, id);
      const files: Record<string, string> = {};
      for (const path of filesBelow(folder)) {
        const name = relative(folder, path).replaceAll('\\', '/');
        if (name !== TEXT_FILE) files[name.replace(/^files\//, '')] = readFileSync(path, 'utf8');
      }
      return { ...parseLab(id, readFileSync(join(folder, TEXT_FILE), 'utf8')), files };
    });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
