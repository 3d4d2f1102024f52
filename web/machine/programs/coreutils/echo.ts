import type { Program } from '../../os/program';
import { binaryToBytes, textToBinary } from '../lib/byte-text';
import { unescapeBackslashes } from '../lib/escapes';

/** The external echo: `-n`, `-e`, `-E`, or its words as they are. */
export const echo: Program = {
  name: 'echo',
  *main(process) {
    const words = process.args;
    if (words.length === 1 && words[0] === '--version') {
      yield* process.out('echo (GNU coreutils) 9.1\n');
      return 0;
    }
    let newline = true;
    let escapes = false;
    while (words[0] !== undefined && /^-[neE]+$/.test(words[0])) {
      for (const letter of words.shift() as string) {
        if (letter === 'n') newline = false;
        else if (letter !== '-') escapes = letter === 'e';
      }
    }
    const text = textToBinary(words.join(' '));
    const { text: shown, stopped } = escapes ? unescapeBackslashes(text, 'echo') : { text, stopped: false };
    yield* process.out(binaryToBytes(shown + (newline && !stopped ? '\n' : '')));
    return 0;
  },
};
