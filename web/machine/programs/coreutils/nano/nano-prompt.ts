import type { Op } from '../../../../engine/kernel/task';
import type { Screen } from '../../lib/screen';
import type { HelpRow, NanoView } from './nano-view';
import type { TextBuffer } from './text-buffer';

/** The editor, as far as a prompt sees it. */
export interface PromptHost {
  readonly screen: Screen;
  readonly view: NanoView;
  readonly buffer: TextBuffer;
  readonly title: string;
}

const LINE_HELP: Readonly<Record<'write' | 'read' | 'search' | 'line', readonly HelpRow[]>> = {
  write: [[['^G', 'Help'], ['M-D', 'DOS Format'], ['M-A', 'Append'], ['M-B', 'Backup File']], [['^C', 'Cancel'], ['M-M', 'Mac Format'], ['M-P', 'Prepend'], ['^T', 'Browse']]],
  read: [[['^G', 'Help'], ['M-F', 'New Buffer'], ['^X', 'Execute Command']], [['^C', 'Cancel'], ['M-N', 'No Conversion'], ['^T', 'Browse']]],
  search: [[['^G', 'Help'], ['M-C', 'Case Sens'], ['M-B', 'Backwards'], ['^P', 'Older'], ['^T', 'Go To Line']], [['^C', 'Cancel'], ['M-R', 'Reg.exp.'], ['^R', 'Replace'], ['^N', 'Newer']]],
  line: [[['^G', 'Help'], ['^W', 'Begin of Paragr.'], ['^Y', 'First Line']], [['^C', 'Cancel'], ['^O', 'End of Paragraph'], ['^V', 'Last Line']]],
};

function drawWith(editor: PromptHost, label: string, typed: { text: string; at: number }, help: readonly HelpRow[]): Op<void> {
  return editor.view.draw(editor.buffer, { name: editor.title, modified: editor.buffer.modified }, { label, text: typed.text, at: typed.at, help });
}

/** Asks for a line at the bottom of the screen; undefined when it is cancelled. */
export function* askLine(editor: PromptHost, label: string, initial: string, kind: 'write' | 'read' | 'search' | 'line'): Op<string | undefined> {
  let text = initial;
  let at = text.length;
  for (;;) {
    yield* drawWith(editor, label, { text, at }, LINE_HELP[kind]);
    const key = yield* editor.screen.key();
    if (key === null || key === 'Ctrl+C') return undefined;
    if (key === 'Enter') return text;
    if (key === undefined) continue;
    if (key === 'Backspace' || key === 'Ctrl+H') {
      text = text.slice(0, Math.max(0, at - 1)) + text.slice(at);
      at = Math.max(0, at - 1);
    } else if (key === 'Delete' || key === 'Ctrl+D') text = text.slice(0, at) + text.slice(at + 1);
    else if (key === 'Left' || key === 'Ctrl+B') at = Math.max(0, at - 1);
    else if (key === 'Right' || key === 'Ctrl+F') at = Math.min(text.length, at + 1);
    else if (key === 'Home' || key === 'Ctrl+A') at = 0;
    else if (key === 'End' || key === 'Ctrl+E') at = text.length;
    else if (key === 'Ctrl+K' || key === 'Ctrl+U') {
      text = '';
      at = 0;
    } else if (key === 'Resize') editor.view.repaint();
    else if ([...key].length === 1) {
      text = text.slice(0, at) + key + text.slice(at);
      at += key.length;
    }
  }
}

export type Answer = 'yes' | 'no' | 'all' | 'cancel';

/** Asks a question that Y, N, with `offersAll` A, and ^C answer. */
export function* askYesNo(editor: PromptHost, question: string, offersAll = false): Op<Answer> {
  const help: readonly HelpRow[] = [[[' Y', 'Yes'], ...(offersAll ? ([[' A', 'All']] as const) : [])], [[' N', 'No'], ['^C', 'Cancel']]];
  for (;;) {
    yield* drawWith(editor, question, { text: '', at: 0 }, help);
    const key = yield* editor.screen.key();
    if (key === null || key === 'Ctrl+C') return 'cancel';
    if (key === 'y' || key === 'Y' || key === 'Ctrl+Y') return 'yes';
    if (key === 'n' || key === 'N' || key === 'Ctrl+N') return 'no';
    if (offersAll && (key === 'a' || key === 'A')) return 'all';
    if (key === 'Resize') editor.view.repaint();
  }
}
