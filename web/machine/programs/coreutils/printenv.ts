import { gnuProgram } from '../lib/gnu-tool';

/** Values of environment variables. */
export const printenv = gnuProgram({
  name: 'printenv',
  usage: ['[OPTION]... [VARIABLE]...'],
  about: 'Print the values of the specified environment VARIABLE(s). If no VARIABLE is specified, print name and value pairs for them all.',
  usageCode: 2,
  options: { short: '+0', long: { null: '0' } },
  *run(tool) {
    const { env } = tool.process;
    const end = tool.options.has('0') ? '\0' : '\n';
    if (tool.operands.length === 0) for (const [name, value] of env) tool.print(`${name}=${value}${end}`);
    for (const name of tool.operands) {
      const value = env.get(name);
      if (value === undefined) tool.status = 1;
      else tool.print(value + end);
    }
    yield* tool.drain();
  },
});
