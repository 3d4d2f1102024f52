/** POSIX's character classes. Letters beyond ASCII count as the C.UTF-8 locale counts them. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /^\p{L}$/u,
  digit: /^[0-9]$/,
  alnum: /^[\p{L}\p{N}]$/u,
  upper: /^\p{Lu}$/u,
  lower: /^\p{Ll}$/u,
  space: /^\s$/,
  blank: /^[ \t]$/,
  punct: /^[\p{P}\p{S}]$/u,
  print: /^[^\p{Cc}]$/u,
  graph: /^[^\p{Cc}\s]$/u,
  cntrl: /^\p{Cc}$/u,
  xdigit: /^[0-9A-Fa-f]$/,
  word: /^[\p{L}\p{N}_]$/u,
  ascii: /^[\0-\x7f]$/,
};

export function characterClass(name: string): ((char: string) => boolean) | undefined {
  const pattern = CLASSES[name];
  return pattern === undefined ? undefined : (char) => pattern.test(char);
}
