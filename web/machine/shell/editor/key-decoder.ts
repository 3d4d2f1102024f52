/** One key: its name (`C-a`, `M-b`, `up`) or the text that it types; a paste comes as one. */
export interface Key {
  readonly name: string;
  readonly text: string;
}

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

const SEQUENCES: Readonly<Record<string, string>> = {
  '\x1b[A': 'up', '\x1b[B': 'down', '\x1b[C': 'right', '\x1b[D': 'left', '\x1b[H': 'home', '\x1b[F': 'end',
  '\x1bOA': 'up', '\x1bOB': 'down', '\x1bOC': 'right', '\x1bOD': 'left', '\x1bOH': 'home', '\x1bOF': 'end',
  '\x1b[1~': 'home', '\x1b[7~': 'home', '\x1b[4~': 'end', '\x1b[8~': 'end', '\x1b[2~': 'insert', '\x1b[3~': 'delete',
  '\x1b[5~': 'page-up', '\x1b[6~': 'page-down', '\x1b[1;5C': 'C-right', '\x1b[1;5D': 'C-left', '\x1b[1;3C': 'C-right', '\x1b[1;3D': 'C-left',
  '\x1b[5C': 'C-right', '\x1b[5D': 'C-left', '\x1b[3;5~': 'M-d', '\x1b[Z': 'S-tab',
};

const CONTROLS: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\x7f': 'backspace', '\b': 'backspace' };

/** Cuts what a terminal sends into keys. Keeps the beginning of a sequence that is not complete yet. */
export class KeyDecoder {
  private pending = '';

  /** True after the beginning of a sequence. */
  get waits(): boolean {
    return this.pending !== '';
  }

  /** Takes the first key off the text; undefined when more must come. */
  next(input: string): { key: Key; rest: string } | undefined {
    const text = this.pending + input;
    this.pending = '';
    if (text === '') return undefined;
    if (text.startsWith('\x1b')) return this.escape(text);
    const char = String.fromCodePoint(text.codePointAt(0) as number);
    const rest = text.slice(char.length);
    const control = CONTROLS[char];
    if (control !== undefined) return { key: { name: control, text: char }, rest };
    if (char < ' ') return { key: { name: `C-${String.fromCharCode(char.charCodeAt(0) + 96)}`, text: char }, rest };
    return { key: { name: 'text', text: char }, rest };
  }

  private escape(text: string): { key: Key; rest: string } | undefined {
    if (text.startsWith(PASTE_START)) {
      const end = text.indexOf(PASTE_END);
      if (end < 0) return this.wait(text);
      return { key: { name: 'paste', text: text.slice(PASTE_START.length, end) }, rest: text.slice(end + PASTE_END.length) };
    }
    const sequence = /^\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])/.exec(text)?.[0];
    if (sequence !== undefined) return { key: { name: SEQUENCES[sequence] ?? 'unknown', text: sequence }, rest: text.slice(sequence.length) };
    if (/^\x1b(?:\[[0-9;]*|O)?$/.test(text)) return this.wait(text);
    const char = String.fromCodePoint(text.codePointAt(1) as number);
    const rest = text.slice(1 + char.length);
    const base = CONTROLS[char] ?? (char < ' ' ? `C-${String.fromCharCode(char.charCodeAt(0) + 96)}` : char.toLowerCase());
    return { key: { name: `M-${base}`, text: char }, rest };
  }

  private wait(text: string): undefined {
    this.pending = text;
    return undefined;
  }
}
