/** Keystrokes of a lab as a person reads them: typed text as it stands, a line for each Enter, other keys by their names. */
export function shownKeys(tape: string): readonly { readonly text: string; readonly isKey: boolean }[] {
  const shown: { text: string; isKey: boolean }[] = [];
  let typed: string | undefined;
  const endLine = (): void => {
    if (typed !== undefined) shown.push({ text: typed, isKey: false });
    typed = undefined;
  };
  for (const line of tape.split('\n').map((each) => each.trim())) {
    const text = /^Type(?:@\S+)?\s+(["'`])([\s\S]*)\1$/.exec(line)?.[2];
    if (text !== undefined) typed = (typed ?? '') + text;
    else if (line === 'Enter') endLine();
    else if (line !== '' && !/^(#|Sleep|Wait)/.test(line)) {
      endLine();
      shown.push({ text: line, isKey: true });
    }
  }
  endLine();
  return shown;
}
