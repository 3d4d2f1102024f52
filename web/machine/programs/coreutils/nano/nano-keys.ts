import type { NanoCommand } from './nano-editor';

const lineUp: NanoCommand = ({ buffer }) => buffer.vertical(-1);
const lineDown: NanoCommand = ({ buffer }) => buffer.vertical(1);
const left: NanoCommand = ({ buffer }) => buffer.left();
const right: NanoCommand = ({ buffer }) => buffer.right();
const home: NanoCommand = ({ buffer }) => buffer.home();
const end: NanoCommand = ({ buffer }) => buffer.end();
const pageUp: NanoCommand = (editor) => editor.page(-1);
const pageDown: NanoCommand = (editor) => editor.page(1);
const first: NanoCommand = ({ buffer }) => buffer.moveTo({ line: 0, column: 0 });
const last: NanoCommand = ({ buffer }) => buffer.moveTo({ line: buffer.lines.length, column: Infinity });
const backspace: NanoCommand = (editor) => editor.edit(() => editor.buffer.backspace());
const deleteKey: NanoCommand = (editor) => editor.edit(() => editor.buffer.deleteForward());

/** nano's keys. */
export const NANO_KEYS: Readonly<Record<string, NanoCommand>> = {
  Up: lineUp, 'Ctrl+P': lineUp, Down: lineDown, 'Ctrl+N': lineDown, Left: left, 'Ctrl+B': left, Right: right, 'Ctrl+F': right, Home: home, 'Ctrl+A': home,
  End: end, 'Ctrl+E': end, PageUp: pageUp, 'Ctrl+Y': pageUp, PageDown: pageDown, 'Ctrl+V': pageDown, 'Alt+\\': first, 'Alt+|': first, 'Ctrl+Home': first,
  'Alt+/': last, 'Alt+?': last, 'Ctrl+End': last, Backspace: backspace, 'Ctrl+H': backspace, Delete: deleteKey, 'Ctrl+D': deleteKey,
  'Ctrl+Right': ({ buffer }) => buffer.word(1),
  'Ctrl+Left': ({ buffer }) => buffer.word(-1),
  'Ctrl+Space': ({ buffer }) => buffer.word(1),
  'Alt+Space': ({ buffer }) => buffer.word(-1),
  Enter: (editor) => editor.type('\n'),
  Tab: (editor) => editor.type('\t'),
  'Ctrl+K': (editor) => editor.edit(() => editor.cut()),
  'Alt+6': (editor) => editor.copy(),
  'Alt+^': (editor) => editor.copy(),
  'Ctrl+U': (editor) => editor.edit(() => editor.paste()),
  'Ctrl+O': (editor) => (function* () {
    yield* editor.write();
  })(),
  F3: (editor) => (function* () {
    yield* editor.write();
  })(),
  'Ctrl+S': (editor) => editor.saveNow(),
  'Ctrl+X': (editor) => editor.exit(),
  F2: (editor) => editor.exit(),
  'Ctrl+R': (editor) => editor.insertFile(),
  'Ctrl+W': (editor) => editor.search(false),
  'Ctrl+Q': (editor) => editor.search(true),
  'Alt+w': (editor) => editor.searchAgain(false),
  'Alt+W': (editor) => editor.searchAgain(false),
  'Alt+q': (editor) => editor.searchAgain(true),
  'Alt+Q': (editor) => editor.searchAgain(true),
  'Ctrl+\\': (editor) => editor.replace(),
  'Alt+r': (editor) => editor.replace(),
  'Alt+R': (editor) => editor.replace(),
  'Ctrl+_': (editor) => editor.goToLine(),
  'Alt+g': (editor) => editor.goToLine(),
  'Alt+G': (editor) => editor.goToLine(),
  'Ctrl+C': (editor) => editor.location(),
  'Ctrl+G': (editor) => editor.help(),
  F1: (editor) => editor.help(),
  'Alt+u': (editor) => editor.history(true),
  'Alt+U': (editor) => editor.history(true),
  'Alt+e': (editor) => editor.history(false),
  'Alt+E': (editor) => editor.history(false),
  'Ctrl+L': ({ view }) => view.repaint(),
};
