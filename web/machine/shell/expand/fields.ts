/** A piece of a word after expansion. Quoted text is neither split nor a pattern. */
export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** Where expansions put their text. */
export interface Sink {
  /** Text from inside quotes. Even an empty one makes a field. */
  quoted(text: string): void;
  /** Text of the word itself, outside quotes. */
  literal(text: string): void;
  /** The result of an expansion outside quotes: it is split. */
  split(text: string): void;
  /** Between two items of `"$@"`. */
  breakField(): void;
}

/** Collects fields, splitting at IFS. */
export class FieldBuilder implements Sink {
  readonly fields: Piece[][] = [];
  private current: Piece[] | undefined;
  /** What stood before the present place: IFS white space or another separator absorb what follows them. */
  private after: 'text' | 'blank' | 'separator' = 'text';

  constructor(private readonly ifs: string) {}

  quoted(text: string): void {
    this.add({ text, quoted: true });
  }

  literal(text: string): void {
    if (text !== '') this.add({ text, quoted: false });
  }

  split(text: string): void {
    if (this.ifs === '') {
      this.literal(text);
      return;
    }
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const c = text[at] as string;
      if (!this.ifs.includes(c)) continue;
      this.literal(text.slice(from, at));
      from = at + 1;
      if (c === ' ' || c === '\t' || c === '\n') this.blank();
      else this.separator();
    }
    this.literal(text.slice(from));
  }

  breakField(): void {
    this.current ??= [];
    this.end();
    this.after = 'text';
  }

  finish(): Piece[][] {
    this.end();
    return this.fields;
  }

  private add(piece: Piece): void {
    this.current ??= [];
    this.current.push(piece);
    this.after = 'text';
  }

  private end(): void {
    if (this.current !== undefined) this.fields.push(this.current);
    this.current = undefined;
  }

  private blank(): void {
    if (this.current === undefined) return;
    this.end();
    this.after = 'blank';
  }

  private separator(): void {
    if (this.current === undefined && this.after !== 'blank') this.current = [{ text: '', quoted: true }];
    this.end();
    this.after = 'separator';
  }
}

/** Collects one text, with what was quoted kept apart: assignments, patterns, here-strings. */
export class TextBuilder implements Sink {
  readonly pieces: Piece[] = [];

  constructor(private readonly separator = ' ') {}

  quoted(text: string): void {
    this.pieces.push({ text, quoted: true });
  }

  literal(text: string): void {
    this.pieces.push({ text, quoted: false });
  }

  split(text: string): void {
    this.pieces.push({ text, quoted: false });
  }

  breakField(): void {
    this.pieces.push({ text: this.separator, quoted: false });
  }

  get text(): string {
    return this.pieces.map((piece) => piece.text).join('');
  }
}
