import { FileError } from '../../os/file-error';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';
import { becomeCommand, startFailureCode } from '../lib/run-command';

/** Runs a program in a changed environment, or prints the environment. */
export const env = gnuProgram({
  name: 'env',
  usage: ['[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]'],
  about: 'Set each NAME to VALUE in the environment and run COMMAND.',
  failCode: 125,
  options: {
    short: '+iu:0C:S:v',
    long: { 'ignore-environment': 'i', null: '0', unset: 'u:', chdir: 'C:', 'split-string': 'S:', debug: 'v' },
  },
  *run(tool) {
    const { options, process } = tool;
    const words = [...tool.operands];
    const variables = new Map(process.env);
    if (words[0] === '-') words.shift();
    if (options.has('i') || tool.operands[0] === '-') variables.clear();
    for (const name of options.values('u')) variables.delete(name);
    while (words[0] !== undefined && words[0].includes('=') && !words[0].startsWith('=')) {
      const word = words.shift() as string;
      variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    }
    const splitString = options.value('S');
    const command = [...(splitString === undefined ? [] : splitString.split(/\s+/).filter((word) => word !== '')), ...words];
    if (command.length === 0) {
      const end = options.has('0') ? '\0' : '\n';
      for (const [name, value] of variables) tool.print(`${name}=${value}${end}`);
      return 0;
    }
    const cwd = options.value('C');
    if (cwd !== undefined && process.files.tryStat(cwd)?.kind !== 'directory') tool.fail(`cannot change directory to ${quoteShell(cwd)}: No such file or directory`);
    try {
      for (const [name] of process.env) if (!variables.has(name)) process.env.delete(name);
      for (const [name, value] of variables) process.env.set(name, value);
      return yield* becomeCommand(process, command, { env: variables, cwd: cwd === undefined ? undefined : process.files.resolve(cwd) });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return tool.fail(`${quoteLocale(command[0] as string)}: ${error.message}`, startFailureCode(error));
    }
  },
});
