import type { Key } from './key-decoder';
import type { LineEditor } from './line-editor';

/** The name of the command that typing is. */
export const INSERTING = 'text';

type EditorCommand = (editor: LineEditor, key: Key) => void;

const KILLS = new Set(['C-k', 'C-u', 'C-w', 'M-d', 'M-backspace', 'M-C-h']);

/** Cuts text into the kill ring; kills in a row join. */
function kill(editor: LineEditor, from: number, to: number): void {
  const { buffer } = editor;
  if (from === to) return;
  buffer.remember();
  const forward = to > buffer.cursor;
  editor.kills.add(buffer.cut(from, to), KILLS.has(editor.lastCommand) ? (forward ? 'after' : 'before') : 'new');
}

function move(editor: LineEditor, to: number): void {
  if (to < 0 || to > editor.buffer.chars.length) editor.bell();
  else editor.buffer.cursor = to;
}

const backward: EditorCommand = (editor) => move(editor, editor.buffer.cursor - 1);
const forward: EditorCommand = (editor) => move(editor, editor.buffer.cursor + 1);
const home: EditorCommand = (editor) => move(editor, 0);
const end: EditorCommand = (editor) => move(editor, editor.buffer.chars.length);
const backwardWord: EditorCommand = (editor) => move(editor, editor.buffer.wordStart(editor.buffer.cursor));
const forwardWord: EditorCommand = (editor) => move(editor, editor.buffer.wordEnd(editor.buffer.cursor));

function deleteRange(editor: LineEditor, from: number, to: number): void {
  if (from < 0 || to > editor.buffer.chars.length) {
    editor.bell();
    return;
  }
  editor.buffer.remember();
  editor.buffer.cut(from, to);
}

const deleteForward: EditorCommand = (editor) => deleteRange(editor, editor.buffer.cursor, editor.buffer.cursor + 1);
const deleteBackward: EditorCommand = (editor) => deleteRange(editor, editor.buffer.cursor - 1, editor.buffer.cursor);

const previous: EditorCommand = (editor) => {
  if (!editor.walk.move(-1)) editor.bell();
};
const next: EditorCommand = (editor) => {
  if (!editor.walk.move(1)) editor.bell();
};

function transpose(editor: LineEditor): void {
  const { buffer } = editor;
  if (buffer.cursor === 0 || buffer.chars.length < 2) {
    editor.bell();
    return;
  }
  buffer.remember();
  const at = Math.min(buffer.cursor, buffer.chars.length - 1);
  const [a, b] = [buffer.chars[at - 1] as string, buffer.chars[at] as string];
  buffer.chars.splice(at - 1, 2, b, a);
  buffer.cursor = at + 1;
}

function changeWord(change: (word: string) => string): EditorCommand {
  return (editor) => {
    const { buffer } = editor;
    const stop = buffer.wordEnd(buffer.cursor);
    buffer.remember();
    const text = change(buffer.cut(buffer.cursor, stop));
    buffer.insert(text);
  };
}

function capitalise(word: string): string {
  return word.toLowerCase().replace(/[\p{L}\p{N}]/u, (char) => char.toUpperCase());
}

/** `M-.`: the last word of the line before, and of older ones when it is pressed again. */
const lastArgument: EditorCommand = (editor) => {
  const word = editor.walk.lastArgument(editor.lastCommand === 'M-.' || editor.lastCommand === 'M-_');
  if (word === undefined) {
    editor.bell();
    return;
  }
  editor.buffer.remember();
  if (word.replaced > 0) editor.buffer.cut(editor.buffer.cursor - word.replaced, editor.buffer.cursor);
  editor.buffer.insert(word.text);
};

const yank: EditorCommand = (editor) => {
  const text = editor.kills.latest;
  if (text === undefined) return;
  editor.buffer.remember();
  editor.buffer.insert(text);
};

const yankPop: EditorCommand = (editor) => {
  if (editor.lastCommand !== 'C-y' && editor.lastCommand !== 'M-y') {
    editor.bell();
    return;
  }
  const size = [...(editor.kills.latest ?? '')].length;
  editor.buffer.cut(editor.buffer.cursor - size, editor.buffer.cursor);
  editor.buffer.insert(editor.kills.rotate() ?? '');
};

const undo: EditorCommand = (editor) => {
  if (!editor.buffer.undo()) editor.bell();
};

/** What each key does. */
export const EDITOR_COMMANDS: Readonly<Record<string, EditorCommand>> = {
  enter: (editor) => editor.accept(),
  'C-d': (editor, key) => {
    if (editor.buffer.chars.length === 0 && editor.lastCommand !== 'C-d') editor.endOfInput();
    else if (editor.buffer.chars.length === 0) editor.endOfInput();
    else deleteForward(editor, key);
  },
  'C-a': home,
  home,
  'C-e': end,
  end,
  'C-b': backward,
  left: backward,
  'C-f': forward,
  right: forward,
  'M-b': backwardWord,
  'C-left': backwardWord,
  'M-f': forwardWord,
  'C-right': forwardWord,
  backspace: deleteBackward,
  delete: deleteForward,
  'C-k': (editor) => kill(editor, editor.buffer.cursor, editor.buffer.chars.length),
  'C-u': (editor) => kill(editor, 0, editor.buffer.cursor),
  'C-w': (editor) => kill(editor, editor.buffer.blankWordStart(editor.buffer.cursor), editor.buffer.cursor),
  'M-d': (editor) => kill(editor, editor.buffer.cursor, editor.buffer.wordEnd(editor.buffer.cursor)),
  'M-backspace': (editor) => kill(editor, editor.buffer.wordStart(editor.buffer.cursor), editor.buffer.cursor),
  'C-y': yank,
  'M-y': yankPop,
  'C-t': transpose,
  'M-u': changeWord((word) => word.toUpperCase()),
  'M-l': changeWord((word) => word.toLowerCase()),
  'M-c': changeWord(capitalise),
  'C-l': (editor) => {
    editor.environment.send('\x1b[H\x1b[2J');
    editor.redraw();
  },
  up: previous,
  'C-p': previous,
  down: next,
  'C-n': next,
  'M-<': (editor) => editor.walk.toFirst(),
  'M->': (editor) => editor.walk.toPresent(),
  'page-up': (editor) => editor.walk.toFirst(),
  'page-down': (editor) => editor.walk.toPresent(),
  'C-r': (editor) => editor.startSearch(true),
  'C-s': (editor) => editor.startSearch(false),
  'C-g': (editor) => editor.bell(),
  'C-_': undo,
  'C-\x7f': undo,
  'C-q': (editor) => editor.quoteNext(),
  'C-v': (editor) => editor.quoteNext(),
  'M-.': lastArgument,
  'M-_': lastArgument,
  'M-#': (editor) => {
    editor.buffer.cursor = 0;
    editor.buffer.insert('#');
    editor.accept();
  },
  tab: (editor) => editor.tab.press(),
};
