/** Python's `shlex.split`: words of a command line, quotes and backslashes taken out. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let open = false;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (quote !== '') {
      if (letter === quote) quote = '';
      else if (letter === '\\' && quote === '"' && '"\\'.includes(text[at + 1] ?? ' ')) word += text[++at] as string;
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      open = true;
    } else if (letter === '\\') word += text[++at] ?? '';
    else if (/\s/.test(letter)) {
      if (open || word !== '') words.push(word);
      word = '';
      open = false;
    } else word += letter;
  }
  if (open || word !== '') words.push(word);
  return words;
}
