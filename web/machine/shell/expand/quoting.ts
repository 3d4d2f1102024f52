const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/;
const CONTROL: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\x1b': '\\E', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
};

export function hasControl(text: string): boolean {
  return /[\0-\x1f\x7f\udc80-\udcff]/.test(text);
}

/** `$'...'`. */
export function ansiQuote(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (CONTROL[char] !== undefined) out += CONTROL[char];
    else if (char === "'" || char === '\\') out += `\\${char}`;
    else if (code < 0x20 || code === 0x7f) out += `\\${code.toString(8).padStart(3, '0')}`;
    else if (char.length === 1 && code >= 0xdc80 && code <= 0xdcff) out += `\\${(code - 0xdc00).toString(8)}`;
    else out += char;
  }
  return `$'${out}'`;
}

/** `'...'`, or `$'...'` with control characters: `${x@Q}`, `set`, `alias`, `trap`. */
export function singleQuote(text: string): string {
  return hasControl(text) ? ansiQuote(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `declare -p` shows values: in double quotes. */
export function doubleQuote(text: string): string {
  return hasControl(text) ? ansiQuote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}

/** `printf %q`: with backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (hasControl(text)) return ansiQuote(text);
  return text.replace(/[ \t\n"'\\$`!&()*;<>?[\]^{|}]|^~|^#|,/g, '\\$&');
}

/** As `set` shows values: quotes only where they are needed. */
export function minimalQuote(text: string): string {
  return text === '' ? '' : SAFE.test(text) ? text : singleQuote(text);
}
