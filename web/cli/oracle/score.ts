import { align } from './align';
import { normaliseOutput } from './normalise';

export interface CommandScore {
  readonly command: string;
  readonly identical: number;
  readonly total: number;
  /** Lines of one side only: `-` recorded, `+` simulated. */
  readonly difference: readonly string[];
}

/** Compares what was recorded of a command with what was simulated: identical lines of a longest common subsequence, of the longer side. */
export function scoreCommand(command: string, commands: readonly string[], recorded: readonly string[], simulated: readonly string[]): CommandScore {
  const a = normaliseOutput(recorded, command, commands);
  const b = normaliseOutput(simulated, command, commands);
  const { common, difference } = align(a, b);
  return { command, identical: common, total: Math.max(a.length, b.length), difference };
}
