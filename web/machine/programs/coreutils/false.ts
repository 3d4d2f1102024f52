import type { Program } from '../../os/program';

/** Fails. Named with a suffix because `false` is a word of the language. */
export const falseProgram: Program = {
  name: 'false',
  *main() {
    return 1;
  },
};
