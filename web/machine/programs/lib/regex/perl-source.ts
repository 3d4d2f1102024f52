import { RegexError } from './regex-node';
import type { Risk } from './regex-risk';

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9', alpha: 'A-Za-z', blank: ' \\t', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9', lower: 'a-z', punct: '!-\\/:-@\\[-`{-~', space: '\\s',
  upper: 'A-Z', xdigit: '0-9A-Fa-f', word: '\\w', print: ' -~', graph: '!-~',
};
const KEPT_ESCAPES = /[dDwWsSbBntrfv0-9kpPxuc^$\\.*+?()[\]{}|/-]/;

/**
 * A Perl expression as JavaScript writes it.
 *
 * Simplified: no recursion, conditionals, possessive repeats or verbs; `\K` becomes a look-behind. Throws RegexError.
 */
export function perlSource(source: string): { source: string; flags: string; risk: Risk } {
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  const body = inline === null ? source : source.slice(inline[0].length);
  const translated = translate(body);
  try {
    new RegExp(translated, 'u');
  } catch (error) {
    throw new RegexError(perlMessage(String((error as Error).message)));
  }
  return { source: translated, flags: inline?.[1] ?? '', risk: riskOfPerl(body) };
}

function perlMessage(message: string): string {
  if (/unterminated group/i.test(message)) return 'missing closing parenthesis';
  if (/unmatched '\)'/i.test(message)) return 'unmatched closing parenthesis';
  if (/unterminated character class/i.test(message)) return 'missing terminating ] for character class';
  if (/nothing to repeat/i.test(message)) return 'quantifier does not follow a repeatable item';
  if (/out of order/i.test(message)) return 'range out of order in character class';
  return 'unrecognized character follows \\';
}

function translate(body: string): string {
  let out = '';
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const character = body[at] as string;
    const rest = body.slice(at);
    if (character === '\\') {
      const next = body[at + 1];
      at += 1;
      if (next === undefined) throw new RegexError('\\ at end of pattern');
      if (next === 'K' && !inClass) out = `(?<=${out})`;
      else if (next === 'h') out += inClass ? ' \\t' : '[ \\t]';
      else if (next === 'A') out += '^';
      else if (next === 'z' || next === 'Z') out += '$';
      else if (next === 'a') out += '\\x07';
      else if (next === 'e') out += '\\x1b';
      else if (next === '-' && !inClass) out += '-';
      else out += KEPT_ESCAPES.test(next) ? `\\${next}` : /[A-Za-z]/.test(next) ? `\\${next}` : next;
    } else if (inClass) {
      const named = /^\[:(\^?)(\w+):\]/.exec(rest);
      if (named !== null && POSIX_CLASSES[named[2] as string] !== undefined) {
        out += POSIX_CLASSES[named[2] as string] as string;
        at += named[0].length - 1;
      } else if (character === ']' && !/\[\^?$/.test(out)) {
        inClass = false;
        out += ']';
      } else out += character === '[' || (character === ']') ? `\\${character}` : character;
    } else if (character === '[') {
      inClass = true;
      out += '[';
    } else if (rest.startsWith('(?P<')) {
      out += '(?<';
      at += 3;
    } else if (character === '{' && !/^\{\d+(,\d*)?\}/.test(rest)) out += '\\{';
    else if (character === '}' && !/\{\d+(,\d*)?$/.test(out)) out += '\\}';
    else out += character === ']' ? '\\]' : character;
  }
  return out;
}

/** A rough look: quantifiers one after the other, and groups with a quantifier inside and outside. */
function riskOfPerl(body: string): Risk {
  const plain = body.replace(/\\./g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  const degree = (plain.match(/[*+]|\{\d*,\d*\}/g) ?? []).length;
  let exponential = false;
  const stack: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    if (plain[at] === '(') stack.push(at);
    if (plain[at] !== ')') continue;
    const inner = plain.slice(stack.pop() ?? 0, at);
    if (/^[*+{]/.test(plain.slice(at + 1)) && /[*+|{]/.test(inner)) exponential = true;
  }
  return { degree, exponential, ordered: false, backreferences: /\\[1-9k]/.test(body) };
}
