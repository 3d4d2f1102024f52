import { type CharacterSet, type RegexNode, WORD } from './regex-node';

function escapeCode(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[A-Za-z0-9 "#%&',:;<=>@_`~]/.test(character)) return character;
  return `\\u{${code.toString(16)}}`;
}

function setSource(set: CharacterSet): string {
  const body = set.ranges.map(([low, high]) => (low === high ? escapeCode(low) : `${escapeCode(low)}-${escapeCode(high)}`)).join('');
  return set.negated ? `[^${body}]` : body === '' ? '(?!)' : `[${body}]`;
}

const WORD_SET = setSource(WORD);

const ASSERTIONS = {
  lineStart: '^',
  lineEnd: '$',
  textStart: '^',
  textEnd: '$',
  wordStart: `(?<!${WORD_SET})(?=${WORD_SET})`,
  wordEnd: `(?<=${WORD_SET})(?!${WORD_SET})`,
  wordBoundary: `(?:(?<!${WORD_SET})(?=${WORD_SET})|(?<=${WORD_SET})(?!${WORD_SET}))`,
  noWordBefore: `(?<!${WORD_SET})`,
  noWordAfter: `(?!${WORD_SET})`,
  notWordBoundary: `(?:(?<!${WORD_SET})(?!${WORD_SET})|(?<=${WORD_SET})(?=${WORD_SET}))`,
} as const;

/** The tree as the source of a JavaScript expression with the flags `u` and `s`. */
export function toJavaScript(node: RegexNode): string {
  switch (node.kind) {
    case 'empty':
      return '';
    case 'character':
      return escapeCode(node.code);
    case 'any':
      return '.';
    case 'set':
      return setSource(node.set);
    case 'assertion':
      return ASSERTIONS[node.where];
    case 'backreference':
      return `(?:\\${node.group})`;
    case 'group':
      return `(${toJavaScript(node.body)})`;
    case 'sequence':
      return node.parts.map((part) => (part.kind === 'alternatives' ? `(?:${toJavaScript(part)})` : toJavaScript(part))).join('');
    case 'alternatives':
      return node.options.map(toJavaScript).join('|');
    case 'repeat': {
      if (node.body.kind === 'empty' || node.body.kind === 'assertion') return node.min === 0 ? '' : toJavaScript(node.body);
      const simple = node.body.kind === 'character' || node.body.kind === 'any' || node.body.kind === 'set' || node.body.kind === 'group';
      const body = simple ? toJavaScript(node.body) : `(?:${toJavaScript(node.body)})`;
      return body + quantifier(node.min, node.max);
    }
  }
}

function quantifier(min: number, max: number | undefined): string {
  if (max === undefined) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (max === 1 && min === 0) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
