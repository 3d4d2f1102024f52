/** Options of our own command line tools: `--flag`, `--name value`, `--name=value`; the rest are files. Errors: an unknown option ends the tool with code 2. */
export function parseArguments(
  argv: readonly string[],
  known: { readonly flags: readonly string[]; readonly values: readonly string[] },
): { options: Record<string, string | undefined>; files: string[] } {
  const options: Record<string, string | undefined> = {};
  const files: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (!word.startsWith('--')) {
      files.push(word);
      continue;
    }
    const [name = '', value] = word.slice(2).split('=', 2);
    if (known.flags.includes(name)) options[name] = 'true';
    else if (known.values.includes(name)) options[name] = value ?? argv[++i] ?? '';
    else {
      console.error(`unknown option ${word}; there are ${[...known.flags, ...known.values].map((each) => `--${each}`).join(', ')}`);
      process.exit(2);
    }
  }
  return { options, files };
}
