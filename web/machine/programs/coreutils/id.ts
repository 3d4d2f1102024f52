import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** Who somebody is. Simplified: a user has one group, of the same name and number. */
export const id = gnuProgram({
  name: 'id',
  usage: ['[OPTION]... [USER]...'],
  about: 'Print user and group information for each specified USER, or (when USER omitted) for the current user.',
  options: { short: 'agGnruzZ', long: { context: 'Z', group: 'g', groups: 'G', name: 'n', real: 'r', user: 'u', zero: 'z' } },
  *run(tool) {
    const { options, operands, process } = tool;
    const { machine } = process;
    const ids: number[] = operands.length === 0 ? [process.uid] : [];
    for (const operand of operands) {
      const found = [...machine.users].find(([uid, user]) => user.name === operand || String(uid) === operand);
      if (found === undefined) yield* tool.complain(`${quoteLocale(operand)}: no such user`);
      else ids.push(found[0]);
    }
    if (options.has('n', 'r') && !options.has('u', 'g', 'G')) tool.fail('cannot print only names or real IDs in default format');
    if (options.all.filter((option) => 'ugG'.includes(option.key)).length > 1) tool.fail('cannot print "only" of more than one choice');
    for (const uid of ids) {
      const name = machine.userName(uid);
      tool.print(options.has('u', 'g', 'G') ? `${options.has('n') ? name : uid}\n` : `uid=${uid}(${name}) gid=${uid}(${name}) groups=${uid}(${name})\n`);
    }
  },
});
