const PLAIN = /^[A-Za-z0-9%+,./:@_\u0080-\u{10ffff}][A-Za-z0-9%+,./:@_\-=~#\]{}\u0080-\u{10ffff}]*$/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r',
};

function isControl(character: string): boolean {
  const code = character.codePointAt(0) as number;
  return code < 0x20 || code === 0x7f || (code >= 0x80 && code < 0xa0) || (code >= 0xdc80 && code <= 0xdcff);
}

function octal(character: string): string {
  const code = character.codePointAt(0) as number;
  const bytes = code >= 0xdc80 ? [code - 0xdc00] : code < 0x80 ? [code] : [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** GNU's shell-escape-always: `'a b'`, `"it's"`, `'a'$'\n''b'`. Names in most error messages. */
export function quoteShell(text: string): string {
  if (/['"$`\\!]/.test(text) && text.includes("'") && !/["$`\\!]/.test(text) && ![...text].some(isControl)) return `"${text}"`;
  let out = "'";
  let escaped = false;
  for (const character of text) {
    if (isControl(character)) {
      out += `${escaped ? '' : "'$'"}${ESCAPES[character] ?? octal(character)}`;
      escaped = true;
      continue;
    }
    if (escaped) out += "''";
    escaped = false;
    out += character === "'" ? "'\\''" : character;
  }
  return `${out}'`;
}

/** GNU's shell-escape: quoted only where a shell would need it. */
export function quoteIfNeeded(text: string): string {
  return PLAIN.test(text) ? text : quoteShell(text);
}

/** Names at the start of messages (`quotef`): as above, and a colon is quoted too. */
export function quoteName(text: string): string {
  return PLAIN.test(text) && !text.includes(':') ? text : quoteShell(text);
}

/** The locale's quotation marks (`quote`), in C.UTF-8: ‘x’. */
export function quoteLocale(text: string): string {
  let out = '';
  for (const character of text) out += isControl(character) ? (ESCAPES[character] ?? octal(character)) : character === '\\' ? '\\\\' : character;
  return `‘${out.replaceAll('’', "\\’")}’`;
}
