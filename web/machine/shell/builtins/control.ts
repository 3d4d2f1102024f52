import type { Op } from '../../../engine/kernel/task';
import { AbortCommand, BreakLoop, ContinueLoop, ExitShell, ReturnFrom } from '../execute/control-flow';
import { stoppedJobsKeep } from '../jobs/stopped-jobs';
import type { BuiltinCall, BuiltinTable } from './builtin';

const NUMBER = /^\s*[+-]?\d+\s*$/;

function* loopControl(call: BuiltinCall, make: (levels: number) => unknown): Op<number> {
  if (call.shell.loopDepth === 0) {
    yield* call.fail("only meaningful in a `for', `while', or `until' loop", 0);
    return 0;
  }
  const text = call.args[0] ?? '1';
  if (!NUMBER.test(text)) {
    yield* call.fail(`${text}: numeric argument required`);
    throw new ExitShell(128);
  }
  if (call.args.length > 1) return yield* call.fail('too many arguments');
  const levels = Number(text);
  if (levels < 1) {
    yield* call.fail(`${text}: loop count out of range`);
    throw new BreakLoop(call.shell.loopDepth, 1);
  }
  throw make(levels);
}

/** The status that `exit` or `return` names; `$?` without one. */
function* statusArgument(call: BuiltinCall): Op<number | undefined> {
  const [text] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  if (text === undefined) return call.shell.lastStatus;
  if (!NUMBER.test(text)) {
    yield* call.fail(`${text}: numeric argument required`);
    return undefined;
  }
  return Number(text) & 0xff;
}

function* exit(call: BuiltinCall): Op<number> {
  const status = yield* statusArgument(call);
  if (call.shell.interactive && call.shell.subshellDepth === 0) yield* call.shell.process.err(call.shell.settings.login ? 'logout\n' : 'exit\n');
  if (status !== undefined && call.args.length > 1) throw new AbortCommand(yield* call.fail('too many arguments'));
  if (call.shell.interactive && call.shell.subshellDepth === 0 && (yield* stoppedJobsKeep(call.shell))) return 1;
  throw new ExitShell(status ?? 2);
}

export const CONTROL: BuiltinTable = {
  *':'() {
    return 0;
  },
  *true() {
    return 0;
  },
  *false() {
    return 1;
  },
  break: (call) => loopControl(call, (levels) => new BreakLoop(levels)),
  continue: (call) => loopControl(call, (levels) => new ContinueLoop(levels)),
  exit,
  *logout(call) {
    if (!call.shell.settings.login) return yield* call.fail("not login shell: use `exit'");
    return yield* exit(call);
  },
  *return(call) {
    if (call.shell.frames.length === 0) {
      return yield* call.fail("can only `return' from a function or sourced script", 2);
    }
    throw new ReturnFrom((yield* statusArgument(call)) ?? 2);
  },
  *shift(call) {
    const text = call.args[0] ?? '1';
    if (!NUMBER.test(text)) return yield* call.fail(`${text}: numeric argument required`);
    if (call.args.length > 1) return yield* call.fail('too many arguments');
    const count = Number(text);
    const { positional } = call.shell;
    if (count < 0) return yield* call.fail(`${text}: shift count out of range`);
    if (count > positional.length) {
      return call.shell.options.shopt('shift_verbose') ? yield* call.fail(`${text}: shift count out of range`) : 1;
    }
    call.shell.positional = positional.slice(count);
    return 0;
  },
};
