import type { Mark } from './yaml-error';

export const END = '\0';
const BREAKS = '\n\x85\u2028\u2029';

/** Walks over a text by characters, and knows line and column. */
export class CharacterReader {
  private index = 0;
  line = 0;
  column = 0;
  private readonly characters: readonly string[];

  constructor(text: string) {
    this.characters = [...text.replace(/^\ufeff/, ''), END];
  }

  get position(): number {
    return this.index;
  }

  peek(ahead = 0): string {
    return this.characters[this.index + ahead] ?? END;
  }

  prefix(length: number): string {
    return this.characters.slice(this.index, this.index + length).join('');
  }

  forward(length = 1): void {
    for (let count = 0; count < length; count++) {
      const character = this.characters[this.index] ?? END;
      this.index += 1;
      if (BREAKS.includes(character) || (character === '\r' && this.peek() !== '\n')) {
        this.line += 1;
        this.column = 0;
      } else if (character !== '\ufeff') this.column += 1;
    }
  }

  get mark(): Mark {
    return { line: this.line, column: this.column };
  }
}

export function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

/** A line break or the end. */
export function isBreak(character: string): boolean {
  return character === END || character === '\r' || BREAKS.includes(character);
}

export function isSpace(character: string): boolean {
  return isBlank(character) || isBreak(character);
}
