import type { Program } from '../../os/program';

/** There is no manual on the laptop, and it says so. */
export const man: Program = {
  name: 'man',
  *main(process) {
    const names = process.args.filter((word) => !word.startsWith('-'));
    if (names.length === 0) {
      yield* process.err("What manual page do you want?\nFor example, try 'man man'.\n");
      return 1;
    }
    const [first, second] = names as [string, string?];
    if (/^\d$/.test(first) && second !== undefined) yield* process.err(`No manual entry for ${second} in section ${first}\n`);
    else for (const name of names) yield* process.err(`No manual entry for ${name}\n`);
    return 16;
  },
};
