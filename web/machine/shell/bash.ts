import type { Op } from '../../engine/kernel/task';
import type { Process } from '../os/process';
import type { Program } from '../os/program';
import { runBash } from './start/run-bash';

/** The shell of a machine: its version shows in `$BASH_VERSION` and in the prompt that it has without a `.bashrc`. */
export function bashProgram(options: { readonly version: string }): Program {
  return {
    name: 'bash',
    main: (process: Process): Op<number> => runBash(process, options.version),
  };
}

/** GNU bash 5.2, as on the laptop. */
export const bash: Program = bashProgram({ version: '5.2.15' });
