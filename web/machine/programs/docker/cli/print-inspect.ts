import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import { StatusError } from './docker-command';
import { GoTemplate, MissingField, TemplateError } from './go-template';
import type { Json } from './inspect-data';

/** Prints what was found as a JSON list, or each through a template; then complains of what was not found. Returns the exit code. */
export function* printInspected(
  process: Process,
  names: readonly string[],
  find: (name: string) => Json | undefined,
  options: { readonly format: string; readonly missing: (name: string) => string },
): Op<number> {
  const found: Json[] = [];
  let failure: string | undefined;
  for (const name of names) {
    const each = find(name);
    if (each === undefined) {
      failure = options.missing(name);
      break;
    }
    found.push(each);
  }
  if (options.format === '') yield* process.out(`${found.length === 0 ? '[]' : JSON.stringify(found, null, 4)}\n`);
  else yield* printThrough(process, found, options.format);
  if (failure === undefined) return 0;
  yield* process.err(`${failure}\n`);
  return 1;
}

function* printThrough(process: Process, found: readonly Json[], format: string): Op<void> {
  try {
    const template = new GoTemplate(format);
    for (const each of found) yield* process.out(`${template.render(each)}\n`);
    if (found.length === 0) yield* process.out('\n');
  } catch (error) {
    if (error instanceof MissingField) throw new StatusError(`\nTemplate parsing error: ${error.message}`, 64);
    if (!(error instanceof TemplateError)) throw error;
    throw new StatusError(`Template parsing error: ${error.message}`, 64);
  }
}
