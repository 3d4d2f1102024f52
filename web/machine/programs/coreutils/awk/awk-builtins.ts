import { formatDate, secondsOfDate } from '../../lib/date-format';
import { atan2, cos, exp, log, sin } from '../../lib/portable-math';
import { formatAwk } from './awk-format';
import type { AwkRuntime } from './awk-runtime';
import { type Value, toNumber } from './awk-value';

type Operation = (runtime: AwkRuntime, args: readonly Value[]) => Value;

/** substr as this mawk counts: a begin before the text lengthens what is taken by as much. */
function substr(text: string, begin: number, length: number | undefined): string {
  const start = Math.round(begin);
  if (Number.isNaN(start) || Number.isNaN(length ?? 0)) return '';
  if (length === undefined) return text.slice(Math.max(0, start - 1));
  const count = start < 1 ? Math.round(length) - start : Math.round(begin + length) - start;
  return count <= 0 ? '' : text.slice(Math.max(0, start - 1), Math.max(0, start - 1) + count);
}

const onNumber = (operation: (x: number) => number): Operation => (_, args) => operation(toNumber(args[0]));

/** The functions that only compute. */
export const BUILTIN_OPERATIONS: Readonly<Record<string, Operation>> = {
  length: (runtime, args) => runtime.toText(args.length === 0 ? runtime.getField(0) : args[0]).length,
  substr: (runtime, args) => substr(runtime.toText(args[0]), toNumber(args[1]), args.length > 2 ? toNumber(args[2]) : undefined),
  index: (runtime, args) => runtime.toText(args[0]).indexOf(runtime.toText(args[1])) + 1,
  sprintf: (runtime, args) => formatAwk(runtime, args),
  sin: onNumber(sin),
  cos: onNumber(cos),
  exp: onNumber(exp),
  log: onNumber(log),
  sqrt: onNumber(Math.sqrt),
  int: onNumber(Math.trunc),
  atan2: (_, args) => atan2(toNumber(args[0]), toNumber(args[1])),
  rand: (runtime) => runtime.random.uint32() / 4294967296,
  srand: (_, args) => toNumber(args[0]),
  tolower: (runtime, args) => runtime.toText(args[0]).replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  toupper: (runtime, args) => runtime.toText(args[0]).replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  systime: (runtime) => Math.floor(runtime.process.machine.sim.dateMs() / 1000),
  strftime: (runtime, args) => {
    const now = runtime.process.machine.sim.dateMs();
    return formatDate(args.length === 0 ? '%c' : runtime.toText(args[0]), args.length > 1 ? toNumber(args[1]) * 1000 : now);
  },
  mktime: (runtime, args) => {
    const parts = runtime.toText(args[0]).trim().split(/\s+/).map(Number);
    if (parts.length < 6 || parts.some(Number.isNaN)) return -1;
    const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
    return secondsOfDate({ year, month, day, hour, minute, second });
  },
};
