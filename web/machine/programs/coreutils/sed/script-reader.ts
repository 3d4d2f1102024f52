/** A mistake in the script; `message` is all that follows `sed: `. */
export class SedScriptError extends Error {
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message);
  }
}

/** A piece of the script: an -e, or a file. */
export interface ScriptPiece {
  readonly text: string;
  readonly file: string | undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', f: '\f', v: '\v', a: '\x07', r: '\r' };
const SPECIAL = /[.*[\]^$\\/+?(){}|&]/;

/** The characters of a script, with the place for error messages. */
export class ScriptReader {
  private readonly text: string;
  private at = 0;

  constructor(private readonly pieces: readonly ScriptPiece[]) {
    this.text = pieces.map((piece) => piece.text).join('\n');
  }

  get peek(): string | undefined {
    return this.text[this.at];
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  next(): string | undefined {
    const character = this.text[this.at];
    if (character !== undefined) this.at += 1;
    return character;
  }

  skip(pattern: RegExp): void {
    while (this.at < this.text.length && pattern.test(this.text[this.at] as string)) this.at += 1;
  }

  /** After `a\\`: the newline, and blanks before it. Blanks before text are part of the text. */
  skipBlanksBeforeNewline(): void {
    const match = /^[ \t]*\n/.exec(this.text.slice(this.at));
    if (match !== null) this.at += match[0].length;
  }

  take(pattern: RegExp): string {
    const start = this.at;
    this.skip(pattern);
    return this.text.slice(start, this.at);
  }

  error(message: string): SedScriptError {
    let start = 0;
    for (const [i, piece] of this.pieces.entries()) {
      const end = start + piece.text.length;
      if (this.at > end && i < this.pieces.length - 1) {
        start = end + 1;
        continue;
      }
      const before = this.text.slice(start, this.at);
      if (piece.file !== undefined) return new SedScriptError(`file ${piece.file} line ${before.split('\n').length}: ${message}`);
      return new SedScriptError(`-e expression #${i + 1}, char ${before.length}: ${message}`);
    }
    return new SedScriptError(message);
  }

  errorAtStart(message: string): SedScriptError {
    const [piece] = this.pieces;
    return new SedScriptError(piece?.file === undefined ? `-e expression #1, char 0: ${message}` : `file ${piece.file} line 0: ${message}`);
  }

  /** What stands up to the delimiter, with `\delimiter` and escapes such as `\t` replaced; undefined when it does not end. */
  delimited(delimiter: string, kind: 'regex' | 'replacement'): string | undefined {
    let out = '';
    let bracket = -1;
    for (let character = this.next(); character !== undefined; character = this.next()) {
      if (bracket < 0 && character === delimiter) return out;
      if (character === '\n' && kind === 'regex' && bracket < 0) return undefined;
      if (character === '\\') {
        const escaped = this.escape(delimiter, kind, bracket >= 0);
        if (escaped === undefined) return undefined;
        out += escaped;
        continue;
      }
      if (kind === 'regex') {
        if (bracket < 0 && character === '[') bracket = out.length;
        else if (bracket >= 0 && character === ']' && !/^\[\^?$/.test(out.slice(bracket)) && !/\[[:.=][^\]]*$/.test(out.slice(bracket + 1))) bracket = -1;
        else if (bracket >= 0 && character === ']' && /\[([:.=])[^\]]*\1$/.test(out.slice(bracket + 1))) {
          // Ends a class such as [:alpha:], not the bracket.
          out += character;
          continue;
        }
      }
      out += character;
    }
    return undefined;
  }

  private escape(delimiter: string, kind: 'regex' | 'replacement', inBracket: boolean): string | undefined {
    const next = this.next();
    if (next === undefined) return undefined;
    if (next === delimiter && !inBracket) {
      if (kind === 'replacement') return next === '&' ? '\\&' : next;
      return /[.*[\]^$]/.test(next) ? `[${next}]`.replace('[^]', '\\^') : next;
    }
    if (next === '\n' && kind === 'regex') return '\n';
    const numeric = next === 'x' ? /^[0-9a-fA-F]{1,2}/ : next === 'o' ? /^[0-7]{1,3}/ : next === 'd' ? /^\d{1,3}/ : undefined;
    const digits = numeric?.exec(this.text.slice(this.at))?.[0];
    if (digits !== undefined) {
      this.at += digits.length;
      const character = String.fromCharCode(parseInt(digits, next === 'x' ? 16 : next === 'o' ? 8 : 10) & 0xff);
      return SPECIAL.test(character) ? `\\${character}` : character;
    }
    if (kind === 'regex' && ESCAPES[next] !== undefined) return ESCAPES[next];
    if (kind === 'replacement' && next !== 'n' && ESCAPES[next] !== undefined) return ESCAPES[next];
    return `\\${next}`;
  }
}
