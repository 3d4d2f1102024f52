/** `String.format("%-10s", ...)`. */
export function padRight(text: string | number, width: number): string {
  return String(text).padEnd(width);
}

/** What `java.util.Properties` reads from a file: `key=value`, `key: value` or `key value`, with comments, escapes and continued lines. */
export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const { key, value } = splitProperty(line);
    properties.set(unescape(key), unescape(value));
  }
  return properties;
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const joined = (open ?? '') + line;
    const backslashes = /\\*$/.exec(joined)?.[0].length ?? 0;
    if (backslashes % 2 === 1) open = joined.slice(0, -1);
    else {
      lines.push(joined);
      open = undefined;
    }
  }
  if (open !== undefined) lines.push(open);
  return lines;
}

function splitProperty(line: string): { key: string; value: string } {
  let end = 0;
  while (end < line.length && !/[=: \t\f]/.test(line[end] as string)) end += line[end] === '\\' ? 2 : 1;
  const separator = /^[ \t\f]*[=:]?[ \t\f]*/.exec(line.slice(end)) as RegExpExecArray;
  return { key: line.slice(0, end), value: line.slice(end + separator[0].length) };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, what: string) => {
    if (what.length === 5) return String.fromCharCode(parseInt(what.slice(1), 16));
    return ESCAPES[what] ?? what;
  });
}
