import type { Op } from '../../../engine/kernel/task';
import { SIGNALS, type Signal, parseSignal, signalNumber } from '../../os/signals';
import { singleQuote } from '../expand/quoting';
import type { Shell } from '../execute/shell';
import { FATAL, installSignal } from '../execute/signals';
import type { PseudoSignal, TrapName } from '../execute/traps';
import type { BuiltinCall, BuiltinTable } from './builtin';

const PSEUDO: readonly PseudoSignal[] = ['EXIT', 'DEBUG', 'ERR', 'RETURN'];

function parseTrapName(text: string): TrapName | undefined {
  if (text === '0') return 'EXIT';
  const upper = text.toUpperCase();
  return PSEUDO.find((each) => each === upper || `SIG${each}` === upper) ?? parseSignal(text);
}

/** The order in which `trap` lists: by number, the pseudo signals at their places. */
function listed(shell: Shell): TrapName[] {
  const order: TrapName[] = ['EXIT', ...(Object.keys(SIGNALS) as Signal[]), 'DEBUG', 'ERR', 'RETURN'];
  return order.filter((name) => shell.traps.actions.has(name));
}

function* show(call: BuiltinCall, names: readonly TrapName[]): Op<void> {
  for (const name of names) {
    const action = call.shell.traps.actions.get(name);
    if (action !== undefined) yield* call.out(`trap -- ${singleQuote(action)} ${name}\n`);
  }
}

/** `kill -l` and `trap -l`: five to a line. */
export function signalTable(): string {
  const items = (Object.keys(SIGNALS) as Signal[]).map((name) => `${String(signalNumber(name)).padStart(2)}) ${name}`);
  for (let i = 34; i <= 64; i++) {
    const name = i === 34 ? 'SIGRTMIN' : i === 64 ? 'SIGRTMAX' : i <= 49 ? `SIGRTMIN+${i - 34}` : `SIGRTMAX-${64 - i}`;
    items.push(`${String(i).padStart(2)}) ${name}`);
  }
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += 5) lines.push(items.slice(i, i + 5).join('\t'));
  return `${lines.join('\n')}${items.length % 5 === 0 ? '' : '\t'}\n`;
}

function* trap(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('lp');
  if (parsed === undefined) return 2;
  const { shell } = call;
  const { rest, flags } = parsed;
  if (flags.has('l')) {
    yield* call.out(signalTable());
    return 0;
  }
  if (rest.length === 0 || flags.has('p')) {
    const names = rest.length === 0 ? listed(shell) : rest.map(parseTrapName).filter((name): name is TrapName => name !== undefined);
    yield* show(call, names);
    return 0;
  }
  const [first] = rest as [string];
  const resets = rest.length === 1 || /^\d+$/.test(first);
  if (rest.length === 1 && parseTrapName(first) === undefined) return yield* call.usage();
  const action = resets ? '-' : first;
  let status = 0;
  for (const text of resets ? rest : rest.slice(1)) {
    const name = parseTrapName(text);
    if (name === undefined) status = yield* call.fail(`${text}: invalid signal specification`);
    else setTrap(shell, name, action);
  }
  return status;
}

function setTrap(shell: Shell, name: TrapName, action: string): void {
  const signal = PSEUDO.includes(name as PseudoSignal) ? undefined : (name as Signal);
  if (signal !== undefined && shell.traps.alwaysIgnored.has(signal)) return;
  if (action === '-') shell.traps.actions.delete(name);
  else shell.traps.actions.set(name, action);
  if (signal !== undefined) installSignal(shell, signal);
  else if (name === 'EXIT' && !shell.interactive) for (const each of FATAL) installSignal(shell, each);
}

export const TRAP: BuiltinTable = { trap };
