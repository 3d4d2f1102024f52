/** The command whose word is being completed, as far as the cursor. */
export interface WordAtCursor {
  /** The words of the command before the present one, quotes removed; assignments and keywords in front are not among them. */
  readonly words: readonly string[];
  /** Where the present word starts in the line. */
  readonly start: number;
  /** The present word up to the cursor: as typed, and with quotes removed. */
  readonly raw: string;
  readonly value: string;
  /** The quote that is open at the cursor. */
  readonly quote: '' | "'" | '"';
  /** After `<` or `>`. */
  readonly redirection: boolean;
}

/** Words after which a command starts anew. */
const BEFORE_COMMANDS = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '{', '!', 'time', 'exec', 'command', 'builtin', 'nohup', 'sudo', 'watch', 'xargs']);

/** Looks at a line up to the cursor. `$(` starts a command of its own. */
export function wordAtCursor(line: string): WordAtCursor {
  let words: string[] = [];
  let redirection = false;
  let start = 0;
  let value = '';
  let inWord = false;
  let quote: WordAtCursor['quote'] = '';
  const endWord = (): void => {
    if (inWord && !redirection) words.push(value);
    if (inWord) redirection = false;
    inWord = false;
    value = '';
  };
  for (let pos = 0; pos < line.length; pos++) {
    const c = line[pos] as string;
    if (quote === '' && /[\s;&|()<>]/.test(c)) {
      endWord();
      if (c === '<' || c === '>') redirection = true;
      else if (!/\s/.test(c) || c === '\n') {
        if (!(c === '&' && redirection)) words = [];
        redirection = false;
      }
      start = pos + 1;
      continue;
    }
    if (!inWord) {
      inWord = true;
      start = pos;
    }
    if (quote !== "'" && c === '\\' && pos + 1 < line.length) value += line[++pos] as string;
    else if (c === quote) quote = '';
    else if (quote === '' && (c === "'" || c === '"')) quote = c;
    else if (quote !== "'" && c === '$' && line[pos + 1] === '(') {
      words = [];
      redirection = false;
      value = '';
      inWord = false;
      quote = '';
      pos += 1;
      start = pos + 1;
    } else value += c;
  }
  while (words.length > 0 && (BEFORE_COMMANDS.has(words[0] as string) || /^[A-Za-z_]\w*=/.test(words[0] as string))) words.shift();
  return { words, start: inWord ? start : line.length, raw: inWord ? line.slice(start) : '', value: inWord ? value : '', quote, redirection };
}
