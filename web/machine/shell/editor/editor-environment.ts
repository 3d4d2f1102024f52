import type { History } from './history';

/** What completion offers for a place in a line. */
export interface Completion {
  /** Where the word that is replaced starts, in characters. */
  readonly start: number;
  /** The texts that may stand there, ready to insert. */
  readonly candidates: readonly { readonly insert: string; readonly show: string; readonly suffix: string }[];
}

/** What the line editor is given by the shell. */
export interface EditorEnvironment {
  readonly history: History;
  send(text: string): void;
  columns(): number;
  complete(line: string, cursor: number): Completion;
}
