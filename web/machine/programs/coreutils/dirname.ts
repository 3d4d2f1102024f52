import { gnuProgram } from '../lib/gnu-tool';

/** A path without its last part. */
export const dirname = gnuProgram({
  name: 'dirname',
  usage: ['[OPTION] NAME...'],
  about: "Output each NAME with its last non-slash component and trailing slashes removed; if NAME contains no /'s, output '.'.",
  options: { short: '+z', long: { zero: 'z' } },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    const end = tool.options.has('z') ? '\0' : '\n';
    for (const name of tool.operands) tool.print(directoryOf(name) + end);
    yield* tool.drain();
  },
});

function directoryOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '.' : '/';
  const at = trimmed.lastIndexOf('/');
  return at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '') || '/';
}
