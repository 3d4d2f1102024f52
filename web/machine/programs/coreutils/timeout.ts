import { Delay, firstOf } from '../../../engine/kernel/waitables';
import { FileError } from '../../os/file-error';
import { exitCodeOf } from '../../os/exit-status';
import { type Signal, parseSignal } from '../../os/signals';
import { parseDuration } from '../lib/duration';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';
import { startCommand, startFailureCode } from '../lib/run-command';

/** Runs a command and ends it when it takes too long. */
export const timeout = gnuProgram({
  name: 'timeout',
  usage: ['[OPTION] DURATION COMMAND [ARG]...', '[OPTION]'],
  about: 'Start COMMAND, and kill it if still running after DURATION.',
  failCode: 125,
  options: { short: '+k:s:v', long: { 'preserve-status': 'preserve-status', foreground: 'foreground', 'kill-after': 'k:', signal: 's:', verbose: 'v' } },
  *run(tool) {
    const { operands, options, process } = tool;
    if (operands.length < 2) tool.usageError('');
    const durationOf = (text: string): number => parseDuration(text) ?? tool.usageError(`invalid time interval ${quoteLocale(text)}`);
    const limitUs = durationOf(operands[0] as string);
    const killAfter = options.value('k');
    const graceUs = killAfter === undefined ? undefined : durationOf(killAfter);
    const signal: Signal = parseSignal(options.value('s') ?? 'TERM') ?? tool.usageError(`${quoteLocale(options.value('s') as string)}: invalid signal`);
    const { sim } = process.machine;
    let child: ReturnType<typeof startCommand>;
    try {
      child = startCommand(process, operands.slice(1));
    } catch (error) {
      if (error instanceof FileError) return tool.fail(`failed to run command ${quoteLocale(operands[1] as string)}: ${error.message}`, startFailureCode(error));
      throw error;
    }
    for (const each of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.onSignal(each, (received) => child.signal(received));
    process.atExit(() => child.signal('SIGTERM'));
    const waitUntil = function* (untilUs: number) {
      while (child.alive && sim.nowUs < untilUs) yield* firstOf(process.childChanged, new Delay(sim, untilUs - sim.nowUs));
    };
    yield* waitUntil(limitUs === 0 ? Infinity : sim.nowUs + limitUs);
    const timedOut = child.alive;
    let killed = false;
    if (timedOut) {
      if (options.has('v')) yield* tool.complain(`sending signal ${signal.slice(3)} to command ${quoteLocale(operands[1] as string)}`, 0);
      child.signal(signal);
      child.signal('SIGCONT');
      if (graceUs !== undefined) {
        yield* waitUntil(sim.nowUs + graceUs);
        if (child.alive) {
          killed = true;
          child.signal('SIGKILL');
        }
      }
    }
    const code = exitCodeOf(yield* process.waitFor(child));
    if (!timedOut || options.has('preserve-status')) return code;
    return killed || signal === 'SIGKILL' ? 137 : 124;
  },
});
