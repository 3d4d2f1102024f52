import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import { StatusError } from './docker-command';
import { GoTemplate, TemplateError } from './go-template';
import { tabTable } from './tab-table';

/** How a list is shown: columns with their heads, or a Go template, or ids only. */
export interface ListFormat {
  /** Field name and head, in order. */
  readonly columns: readonly (readonly [string, string])[];
  readonly format: string;
  readonly quiet: boolean;
  /** The field that `-q` shows. */
  readonly idField: string;
  /** Heads of fields that only a template asks for. */
  readonly moreHeads?: Readonly<Record<string, string>>;
}

/** Prints the rows. Throws StatusError for a template that cannot be used. */
export function* printList(process: Process, rows: readonly Readonly<Record<string, string>>[], options: ListFormat): Op<void> {
  const { columns, format, quiet, idField } = options;
  if (quiet && (format === '' || format === 'table')) {
    for (const row of rows) yield* process.out(`${row[idField] ?? ''}\n`);
    return;
  }
  if (format === '' || format === 'table') {
    yield* process.out(tabTable([columns.map(([, head]) => head), ...rows.map((row) => columns.map(([field]) => row[field] ?? ''))]));
    return;
  }
  const isTable = /^table\s/.test(format);
  const template = parse(isTable ? format.slice(6) : format);
  const lines = rows.map((row) => render(template, row));
  if (!isTable) {
    for (const line of lines) yield* process.out(`${line}\n`);
    return;
  }
  const heads = { ...options.moreHeads, ...Object.fromEntries(columns) };
  const all = [render(template, { ...Object.fromEntries(Object.keys(rows[0] ?? {}).map((key) => [key, key.toUpperCase()])), ...heads }), ...lines];
  yield* process.out(tabTable(all.map((line) => line.split('\t'))));
}

function parse(source: string): GoTemplate {
  try {
    return new GoTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new StatusError(`Template parsing error: ${error.message}`, 1);
  }
}

function render(template: GoTemplate, row: Readonly<Record<string, string>>): string {
  try {
    return template.render(row);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new StatusError(error.message, 1);
  }
}
