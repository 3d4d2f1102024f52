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
  const lengths = commonLengths(a, b);
  const difference: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) difference.push(`- ${a[i++]}`);
    else difference.push(`+ ${b[j++]}`);
  }
  return { command, identical: at(lengths, 0, 0), total: Math.max(a.length, b.length), difference };
}

/** `lengths[i][j]` is the length of the longest common subsequence of `a` from i and `b` from j. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (lengths[i] as Uint16Array)[j] = a[i] === b[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}
