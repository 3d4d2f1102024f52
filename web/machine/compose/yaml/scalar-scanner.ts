import { type CharacterReader, END, isBlank, isBreak, isSpace } from './character-reader';
import type { Mark } from './yaml-error';

/** Reports a scanner's error; never returns. */
export type Complain = (context: string | undefined, contextMark: Mark | undefined, problem: string, problemMark: Mark) => never;

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '\\': '\\', '/': '/',
  N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Takes one line break; the empty text when there is none. */
export function scanLineBreak(reader: CharacterReader): string {
  const character = reader.peek();
  if ('\r\n\x85'.includes(character) && character !== END) {
    reader.forward(reader.prefix(2) === '\r\n' ? 2 : 1);
    return '\n';
  }
  if (character !== '\u2028' && character !== '\u2029') return '';
  reader.forward();
  return character;
}

function documentIndicator(reader: CharacterReader): string | undefined {
  const prefix = reader.prefix(3);
  return reader.column === 0 && (prefix === '---' || prefix === '...') && isSpace(reader.peek(3)) ? prefix : undefined;
}

/** A quoted scalar, the opening quote still ahead. */
export function scanQuoted(reader: CharacterReader, complain: Complain): string {
  const start = reader.mark;
  const quote = reader.peek();
  reader.forward();
  let text = quotedText(reader, quote, start, complain);
  while (reader.peek() !== quote) {
    text += quotedSpaces(reader, start, complain);
    text += quotedText(reader, quote, start, complain);
  }
  reader.forward();
  return text;
}

function quotedText(reader: CharacterReader, quote: string, start: Mark, complain: Complain): string {
  let text = '';
  for (;;) {
    const character = reader.peek();
    if (isSpace(character)) return text;
    if (quote === "'" && character === "'" && reader.peek(1) === "'") {
      text += "'";
      reader.forward(2);
    } else if (character === quote) return text;
    else if (quote === '"' && character === '\\') text += escaped(reader, start, complain);
    else {
      text += character;
      reader.forward();
    }
  }
}

function escaped(reader: CharacterReader, start: Mark, complain: Complain): string {
  reader.forward();
  const character = reader.peek();
  const simple = ESCAPES[character];
  if (simple !== undefined) {
    reader.forward();
    return simple;
  }
  const length = HEX_LENGTHS[character];
  if (length !== undefined) {
    reader.forward();
    for (let at = 0; at < length; at++) {
      if (!/[0-9A-Fa-f]/.test(reader.peek(at))) {
        return complain('while scanning a double-quoted scalar', start, `expected escape sequence of ${length} hexadecimal numbers, but found ${quoted(reader.peek(at))}`, reader.mark);
      }
    }
    const code = Number.parseInt(reader.prefix(length), 16);
    reader.forward(length);
    return String.fromCodePoint(code);
  }
  if (isBreak(character) && character !== END) {
    scanLineBreak(reader);
    return quotedBreaks(reader, start, complain);
  }
  return complain('while scanning a double-quoted scalar', start, `found unknown escape character ${quoted(character)}`, reader.mark);
}

function quotedSpaces(reader: CharacterReader, start: Mark, complain: Complain): string {
  let spaces = '';
  while (isBlank(reader.peek())) {
    spaces += reader.peek();
    reader.forward();
  }
  if (reader.peek() === END) return complain('while scanning a quoted scalar', start, 'found unexpected end of stream', reader.mark);
  if (!isBreak(reader.peek())) return spaces;
  const lineBreak = scanLineBreak(reader);
  const breaks = quotedBreaks(reader, start, complain);
  return lineBreak !== '\n' ? lineBreak + breaks : breaks === '' ? ' ' : breaks;
}

function quotedBreaks(reader: CharacterReader, start: Mark, complain: Complain): string {
  let breaks = '';
  for (;;) {
    if (documentIndicator(reader) !== undefined) return complain('while scanning a quoted scalar', start, 'found unexpected document separator', reader.mark);
    while (isBlank(reader.peek())) reader.forward();
    if (!isBreak(reader.peek()) || reader.peek() === END) return breaks;
    breaks += scanLineBreak(reader);
  }
}

/** A plain scalar. `indent` is the column that a further line must be beyond. `atLineStart` hears whether it stands after a line break. */
export function scanPlain(reader: CharacterReader, options: { readonly indent: number; readonly inFlow: boolean; atLineStart(is: boolean): void }): { text: string; end: Mark } {
  let text = '';
  let end = reader.mark;
  let spaces = '';
  for (;;) {
    if (reader.peek() === '#') break;
    let length = 0;
    for (;;) {
      const character = reader.peek(length);
      const next = reader.peek(length + 1);
      if (isSpace(character)) break;
      if (character === ':' && (isSpace(next) || (options.inFlow && ',[]{}'.includes(next)))) break;
      if (options.inFlow && ',?[]{}'.includes(character)) break;
      length += 1;
    }
    if (length === 0) break;
    options.atLineStart(false);
    text += spaces + reader.prefix(length);
    reader.forward(length);
    end = reader.mark;
    const between = plainSpaces(reader, options);
    if (between === undefined || between === '' || reader.peek() === '#' || (!options.inFlow && reader.column < options.indent)) break;
    spaces = between;
  }
  return { text, end };
}

/** Blanks and line breaks inside a plain scalar; undefined when a document ends here. */
function plainSpaces(reader: CharacterReader, options: { atLineStart(is: boolean): void }): string | undefined {
  let spaces = '';
  while (reader.peek() === ' ' || (reader.peek() === '\t' && spaces !== '')) {
    spaces += reader.peek();
    reader.forward();
  }
  const character = reader.peek();
  if (!isBreak(character) || character === END) return spaces;
  const lineBreak = scanLineBreak(reader);
  options.atLineStart(true);
  if (documentIndicator(reader) !== undefined) return undefined;
  let breaks = '';
  for (;;) {
    if (reader.peek() === ' ') reader.forward();
    else if (isBreak(reader.peek()) && reader.peek() !== END) {
      breaks += scanLineBreak(reader);
      if (documentIndicator(reader) !== undefined) return undefined;
    } else break;
  }
  return lineBreak !== '\n' ? lineBreak + breaks : breaks === '' ? ' ' : breaks;
}

/** A `|` or `>` scalar, its indicator still ahead. `parentIndent` is the indentation of what it belongs to. */
export function scanBlock(reader: CharacterReader, parentIndent: number, complain: Complain): { text: string; end: Mark } {
  const start = reader.mark;
  const folded = reader.peek() === '>';
  reader.forward();
  const header = blockHeader(reader, start, complain);
  const minimum = Math.max(1, parentIndent + 1);
  let breaks: string;
  let indent: number;
  let end: Mark;
  if (header.increment === undefined) {
    const found = blockIndentation(reader);
    breaks = found.breaks;
    end = found.end;
    indent = Math.max(minimum, found.indent);
  } else {
    indent = minimum + header.increment - 1;
    ({ breaks, end } = blockBreaks(reader, indent));
  }
  let text = '';
  let lineBreak = '';
  while (reader.column === indent && reader.peek() !== END) {
    text += breaks;
    const leading = !isBlank(reader.peek());
    let length = 0;
    while (!isBreak(reader.peek(length))) length += 1;
    text += reader.prefix(length);
    reader.forward(length);
    lineBreak = scanLineBreak(reader);
    ({ breaks, end } = blockBreaks(reader, indent));
    if (reader.column !== indent || reader.peek() === END) break;
    if (folded && lineBreak === '\n' && leading && !isBlank(reader.peek())) {
      if (breaks === '') text += ' ';
    } else text += lineBreak;
  }
  if (header.chomping !== '-') text += lineBreak;
  if (header.chomping === '+') text += breaks;
  return { text, end };
}

function blockHeader(reader: CharacterReader, start: Mark, complain: Complain): { chomping: string; increment: number | undefined } {
  let chomping = '';
  let increment: number | undefined;
  for (;;) {
    const character = reader.peek();
    if ((character === '+' || character === '-') && chomping === '') chomping = character;
    else if (/[0-9]/.test(character) && increment === undefined) {
      increment = Number(character);
      if (increment === 0) return complain('while scanning a block scalar', start, 'expected indentation indicator in the range 1-9, but found 0', reader.mark);
    } else break;
    reader.forward();
  }
  if (!isSpace(reader.peek())) {
    return complain('while scanning a block scalar', start, `expected chomping or indentation indicators, but found ${quoted(reader.peek())}`, reader.mark);
  }
  while (reader.peek() === ' ') reader.forward();
  if (reader.peek() === '#') while (!isBreak(reader.peek())) reader.forward();
  if (!isBreak(reader.peek())) return complain('while scanning a block scalar', start, `expected a comment or a line break, but found ${quoted(reader.peek())}`, reader.mark);
  scanLineBreak(reader);
  return { chomping, increment };
}

function blockIndentation(reader: CharacterReader): { breaks: string; indent: number; end: Mark } {
  let breaks = '';
  let indent = 0;
  let end = reader.mark;
  while (reader.peek() === ' ' || (isBreak(reader.peek()) && reader.peek() !== END)) {
    if (reader.peek() === ' ') {
      reader.forward();
      indent = Math.max(indent, reader.column);
    } else {
      breaks += scanLineBreak(reader);
      end = reader.mark;
    }
  }
  return { breaks, indent, end };
}

function blockBreaks(reader: CharacterReader, indent: number): { breaks: string; end: Mark } {
  let breaks = '';
  let end = reader.mark;
  const skip = (): void => {
    while (reader.column < indent && reader.peek() === ' ') reader.forward();
  };
  skip();
  while (isBreak(reader.peek()) && reader.peek() !== END) {
    breaks += scanLineBreak(reader);
    end = reader.mark;
    skip();
  }
  return { breaks, end };
}

/** Python's repr of one character. */
export function quoted(character: string): string {
  const special: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\x00', '\\': '\\\\' };
  return character === "'" ? '"\'"' : `'${special[character] ?? character}'`;
}
