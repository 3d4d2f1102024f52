const BEFORE_WORD = String.raw`\p{Sc}\p{Ps}\p{Pi}"'`;
const AFTER_WORD = String.raw`\p{Pe}\p{Pf}!%.,:;?"'°`;
const DASH = String.raw`\p{Pd}\u00ad`;
const SPACE = String.raw`\p{Zs}\u0000-\u0002\u0004-\u0008\u000b\u000e-\u001f\u007f`;
const BREAK = String.raw`\u0003\t\f\n\u2028\u2029`;
const LETTER = `[^${BEFORE_WORD}${AFTER_WORD}${DASH}${SPACE}${BREAK}\\r]`;

/** A number with its sign, or what may stand before a word; the word, quotes and currency signs inside it included, and dashes after such a quote; what may follow it; spaces; one hard break. */
const WORD = new RegExp(
  `(?:[${BEFORE_WORD}${DASH}]*\\d+(?:[.,]\\d+)*|[${BEFORE_WORD}]*)(?:${LETTER}|["'\\p{Sc}]+[${DASH}]*(?=${LETTER}))*(?:[${DASH}]+|[${AFTER_WORD}]*)[${SPACE}]*(?:\\r\\n|[${BREAK}\\r])?`,
  'uy',
);

/**
 * The pieces between which Java's `BreakIterator.getLineInstance` lets a line end: `a-`, `b. `, `c`.
 *
 * Simplified: no rules for Thai, Hindi or ideographs.
 * @source openjdk sun/text/resources/BreakIteratorRules.java
 */
export function lineBreakWords(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0] || (text[at] as string);
    words.push(word);
    at += word.length;
  }
  return words;
}
