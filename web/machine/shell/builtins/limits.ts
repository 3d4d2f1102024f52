import type { Op } from '../../../engine/kernel/task';
import { minutesAndSeconds } from '../execute/timed';
import type { BuiltinCall, BuiltinTable } from './builtin';

/** What `ulimit -a` lists: description, unit with its letter, and the limit of a usual laptop. */
const LIMITS: readonly { readonly letter: string; readonly text: string; readonly unit: string; readonly value: string }[] = [
  { letter: 'R', text: 'real-time non-blocking time', unit: 'microseconds, ', value: 'unlimited' },
  { letter: 'c', text: 'core file size', unit: 'blocks, ', value: '0' },
  { letter: 'd', text: 'data seg size', unit: 'kbytes, ', value: 'unlimited' },
  { letter: 'e', text: 'scheduling priority', unit: '', value: '0' },
  { letter: 'f', text: 'file size', unit: 'blocks, ', value: 'unlimited' },
  { letter: 'i', text: 'pending signals', unit: '', value: '63456' },
  { letter: 'l', text: 'max locked memory', unit: 'kbytes, ', value: '2035484' },
  { letter: 'm', text: 'max memory size', unit: 'kbytes, ', value: 'unlimited' },
  { letter: 'n', text: 'open files', unit: '', value: '1024' },
  { letter: 'p', text: 'pipe size', unit: '512 bytes, ', value: '8' },
  { letter: 'q', text: 'POSIX message queues', unit: 'bytes, ', value: '819200' },
  { letter: 'r', text: 'real-time priority', unit: '', value: '0' },
  { letter: 's', text: 'stack size', unit: 'kbytes, ', value: '8192' },
  { letter: 't', text: 'cpu time', unit: 'seconds, ', value: 'unlimited' },
  { letter: 'u', text: 'max user processes', unit: '', value: '1500' },
  { letter: 'v', text: 'virtual memory', unit: 'kbytes, ', value: 'unlimited' },
  { letter: 'x', text: 'file locks', unit: '', value: 'unlimited' },
];

/** `ulimit`. Simplified: it shows limits, and sets none. */
function* ulimit(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('SHabcdefiklmnpqrstuvxPRT');
  if (parsed === undefined) return 2;
  const letters = [...parsed.flags.keys()].filter((letter) => !'SHa'.includes(letter));
  if (parsed.flags.has('a')) {
    const line = (each: (typeof LIMITS)[number]): string => {
      const unit = `(${each.unit}-${each.letter})`;
      return `${each.text}${unit.padStart(42 - each.text.length)} ${each.value}\n`;
    };
    yield* call.out(LIMITS.map(line).join(''));
    return 0;
  }
  if (parsed.rest.length > 0) return 0;
  const wanted = LIMITS.find((each) => each.letter === (letters[0] ?? 'f'));
  yield* call.out(`${wanted?.value ?? 'unlimited'}\n`);
  return 0;
}

function* umask(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('pS');
  if (parsed === undefined) return 2;
  const { process } = call.shell;
  const [mode] = parsed.rest;
  if (mode === undefined) {
    const value = parsed.flags.has('S') ? symbolic(process.umask) : process.umask.toString(8).padStart(4, '0');
    yield* call.out(`${parsed.flags.has('p') ? `umask ${parsed.flags.has('S') ? '-S ' : ''}` : ''}${value}\n`);
    return 0;
  }
  if (/^\d+$/.test(mode)) {
    if (!/^[0-7]{1,4}$/.test(mode)) return yield* call.fail(`${mode}: octal number out of range`);
    process.umask = parseInt(mode, 8);
    return 0;
  }
  const next = applySymbolic(process.umask, mode);
  if (next === undefined) return yield* call.fail(`\`${mode[0] as string}': invalid symbolic mode operator`);
  process.umask = next;
  return 0;
}

function symbolic(mask: number): string {
  const part = (shift: number): string => ['r', 'w', 'x'].filter((_, i) => ((mask >> shift) & (4 >> i)) === 0).join('');
  return `u=${part(6)},g=${part(3)},o=${part(0)}`;
}

/** `u=rwx,go-w`: which permissions new files keep. */
function applySymbolic(mask: number, text: string): number | undefined {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (match === null) return undefined;
    const [, who = '', operator, letters = ''] = match;
    const bits = [...letters].reduce((sum, letter) => sum | (letter === 'r' ? 4 : letter === 'w' ? 2 : 1), 0);
    for (const [letter, shift] of [['u', 6], ['g', 3], ['o', 0]] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(letter)) continue;
      if (operator === '=') allowed = (allowed & ~(7 << shift)) | (bits << shift);
      else allowed = operator === '+' ? allowed | (bits << shift) : allowed & ~(bits << shift);
    }
  }
  return ~allowed & 0o777;
}

export const LIMIT_BUILTINS: BuiltinTable = {
  ulimit,
  umask,
  *times(call) {
    const { shell } = call;
    const own = minutesAndSeconds(shell.process.cpuUs);
    yield* call.out(`${own} 0m0.000s\n${minutesAndSeconds(shell.childrenCpuUs)} 0m0.000s\n`);
    return 0;
  },
};
