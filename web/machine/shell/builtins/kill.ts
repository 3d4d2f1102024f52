import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import { SIGNALS, type Signal, parseSignal } from '../../os/signals';
import { stateOf } from '../jobs/job-table';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { signalTable } from './trap';

function* kill(call: BuiltinCall): Op<number> {
  const { args } = call;
  const [first, second] = args;
  if (first === undefined) return yield* call.usage();
  if (first === '-l' || first === '-L') return yield* list(call, args.slice(1));
  let signal: Signal | 'probe' | undefined = 'SIGTERM';
  let targets = args;
  if (first === '-s' || first === '-n') {
    if (second === undefined) return yield* call.fail(`${first}: option requires an argument`);
    signal = parse(second);
    if (signal === undefined) return yield* call.fail(`${second}: invalid signal specification`);
    targets = args.slice(2);
  } else if (first === '--') targets = args.slice(1);
  else if (/^-./.test(first)) {
    signal = parse(first.slice(1));
    if (signal === undefined) return yield* call.fail(`${first.slice(1)}: invalid signal specification`);
    targets = args.slice(1);
    if (targets[0] === '--') targets = targets.slice(1);
  }
  if (targets.length === 0) return yield* call.usage();
  let status = 0;
  let anySent = false;
  for (const target of targets) {
    if ((yield* send(call, target, signal)) === 0) anySent = true;
    else status = 1;
  }
  return anySent ? 0 : status;
}

function parse(text: string): Signal | 'probe' | undefined {
  return text === '0' ? 'probe' : parseSignal(text);
}

function* list(call: BuiltinCall, args: readonly string[]): Op<number> {
  if (args.length === 0) {
    yield* call.out(signalTable());
    return 0;
  }
  let status = 0;
  for (const arg of args) {
    const number = Number(arg) > 128 ? Number(arg) - 128 : Number(arg);
    const signal = parseSignal(/^\d+$/.test(arg) ? String(number) : arg);
    if (signal === undefined) status = yield* call.fail(`${arg}: invalid signal specification`);
    else yield* call.out(`${/^\d+$/.test(arg) ? signal.slice(3) : SIGNALS[signal]}\n`);
  }
  return status;
}

function* send(call: BuiltinCall, target: string, signal: Signal | 'probe'): Op<number> {
  const { shell } = call;
  const { machine } = shell.process;
  if (target.startsWith('%')) {
    const job = shell.jobs.find(target);
    if (job === undefined || job === 'ambiguous') return yield* call.fail(`${target}: ${job === 'ambiguous' ? 'ambiguous job spec' : 'no such job'}`);
    const wasStopped = stateOf(job) === 'Stopped';
    for (const each of job.processes) {
      if (signal !== 'probe') each.process.signal(signal);
      if (wasStopped && (signal === 'SIGTERM' || signal === 'SIGHUP')) each.process.signal('SIGCONT');
    }
    job.diesLater = wasStopped && stateOf(job) === 'Done';
    return 0;
  }
  if (!/^-?\d+$/.test(target)) return yield* call.fail(`${target}: arguments must be process or job IDs`);
  const pid = Number(target);
  const processes = pid > 0 ? [machine.processes.get(pid)] : [...machine.processes.values()].filter((each) => each.pgid === (pid === 0 ? shell.process.pgid : -pid));
  const found = processes.filter((each): each is Process => each !== undefined && each.alive);
  if (found.length === 0) return yield* call.fail(`(${target}) - No such process`);
  const { uid } = shell.process;
  if (found.every((each) => uid !== 0 && each.uid !== uid)) return yield* call.fail(`(${target}) - Operation not permitted`);
  if (signal !== 'probe') for (const each of found) if (uid === 0 || each.uid === uid) each.signal(signal);
  return 0;
}

export const KILL: BuiltinTable = { kill };
