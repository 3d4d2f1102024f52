import { FileError } from '../../os/file-error';
import { decodeText } from '../../os/text';
import { type Jvm, JvmExit } from './jvm';

/**
 * `key=value` arguments as properties; a key alone has an empty value.
 *
 * Errors: ends the program with 1 when there is more than one `=`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/utils/CommandLineUtils.scala parseKeyValueArgs
 */
export function parseKeyValueArgs(jvm: Jvm, args: readonly string[]): Map<string, string> {
  const properties = new Map<string, string>();
  for (const arg of args) {
    const parts = splitOnEquals(arg);
    if (parts.length === 0) continue;
    if (parts.length > 2) {
      jvm.err.println(`Invalid command line properties: ${args.join(' ')}`);
      throw new JvmExit(1);
    }
    properties.set(parts[0] as string, parts[1] ?? '');
  }
  return properties;
}

/** Java's `split`: empty pieces at the end are dropped, unless the text has no `=` at all. */
function splitOnEquals(text: string): string[] {
  if (!text.includes('=')) return [text];
  const parts = text.split('=');
  while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  return parts;
}

/** The text of a file, or the words in which Java says why it cannot be read. */
export function readTextFile(jvm: Jvm, path: string): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: decodeText(jvm.process.files.readFile(path)) };
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message };
    throw error;
  }
}

/** A list of `host:port`, as the tools check it before they do anything. */
export function areHostsAndPorts(list: string): boolean {
  const pieces = list.split(',');
  while (pieces.length > 1 && pieces[pieces.length - 1] === '') pieces.pop();
  return pieces.every((each) => /^.*?\[?[0-9a-zA-Z\-%._:]*\]?:[0-9]+$/.test(each));
}
