import type { Program } from '../../os/program';

/** Succeeds. Named with a suffix because `true` is a word of the language. */
export const trueProgram: Program = {
  name: 'true',
  *main() {
    return 0;
  },
};
