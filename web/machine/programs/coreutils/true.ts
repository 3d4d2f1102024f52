import type { Program } from '../../os/program';

/** Succeeds. Named with a suffix because `true` is a word of the language. */
export const trueProgram: Program = {
  name: 'true',
  // eslint-disable-next-line require-yield
  *main() {
    return 0;
  },
};
