import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { Process } from '../../../os/process';
import type { Program } from '../../../os/program';
import { bytesToText } from '../../lib/byte-text';
import { Screen } from '../../lib/screen';
import { NanoEditor, type OpenedFile } from './nano-editor';
import { NANO_KEYS } from './nano-keys';

/**
 * The editor nano.
 *
 * Simplified: no syntax colours, justify, spell checker, macros or mouse; searches are plain text, case ignored.
 */
export const nano: Program = {
  name: 'nano',
  *main(process) {
    const words = process.args;
    if (words.includes('--version') || words.includes('-V')) {
      yield* process.out(' GNU nano, version 7.2\n');
      return 0;
    }
    if (words.includes('--help') || words.includes('-h')) {
      yield* process.out('Usage: nano [OPTIONS] [[+LINE[,COLUMN]] FILE]...\n');
      return 0;
    }
    const position = words.map((word) => /^\+(\d+)(?:,(\d+))?$/.exec(word)).find((match) => match !== null);
    const names = words.filter((word) => !/^-./.test(word) && !/^\+\d/.test(word));
    if (!process.isTerminal(0) || !process.isTerminal(1)) {
      yield* process.err('Error opening terminal: unknown.\n');
      return 1;
    }
    const screen = Screen.open(process, { alternate: true, signals: false });
    if (screen === undefined) return 1;
    yield* screen.enter();
    for (const name of names.length === 0 ? [''] : names) {
      const editor = new NanoEditor(process, screen, openFile(process, name), { viewOnly: words.some((word) => word === '-v' || word === '--view'), keys: NANO_KEYS });
      if (position !== undefined) editor.goTo(Number(position[1]), Number(position[2] ?? 1));
      yield* editor.run();
    }
    yield* closeScreen(screen);
    return 0;
  },
};

function* closeScreen(screen: Screen): Op<void> {
  screen.leave();
  yield* screen.write('');
}

function openFile(process: Process, name: string): OpenedFile {
  if (name === '') return { text: '', message: '', name };
  try {
    const node = process.files.tryStat(name);
    if (node === undefined) {
      const slash = name.lastIndexOf('/');
      const parent = slash < 0 ? '.' : name.slice(0, slash) || '/';
      const missing = process.files.tryStat(parent)?.kind !== 'directory';
      return { text: '', message: missing ? `Directory '${parent}' does not exist` : 'New File', name };
    }
    if (node.kind === 'directory') return { text: '', message: `"${name}" is a directory`, name: '' };
    const bytes = process.files.readFile(name);
    const text = bytesToText(bytes).replace(/\r\n/g, '\n');
    const count = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
    const unwritable = !process.files.may(node, 'write');
    return { text, message: unwritable ? `File '${name}' is unwritable` : `Read ${count} line${count === 1 ? '' : 's'}`, name };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { text: '', message: `Error reading ${name}: ${error.message}`, name };
  }
}
