import type { LogEvent } from '../../../engine/kernel/logger';
import type { Op } from '../../../engine/kernel/task';
import type { Program } from '../../os/program';
import { log4jDate } from '../lib/date-text';
import { DEFAULT_HEAP_BYTES, Jvm } from '../lib/jvm';
import { ZooKeeperMain } from './zookeeper-main';

/** `%d{ISO8601} [myid:%X{myid}] - %-5p [%t:%C{1}@%L] - %m%n`: ZooKeeper's own layout. */
export function formatZooKeeperEvent(event: LogEvent, dateMs: number): string {
  const where = `${event.thread ?? 'main'}:${event.location ?? event.logger}`;
  const line = `${log4jDate(dateMs)} [myid:] - ${event.level.padEnd(5)} [${where}] - ${event.message}\n`;
  return event.throwable === undefined ? line : `${line}${event.throwable}\n`;
}

/**
 * zkCli.sh of ZooKeeper's own distribution: the same shell, which logs to its output and asks for each line.
 *
 * Simplified: lines are edited by the terminal, without JLine's history and completion.
 */
export const zkCli: Program = {
  name: 'zkCli.sh',
  *main(process) {
    const jvm = new Jvm(process);
    const { sim } = process.machine;
    const log = (event: LogEvent): void => {
      if (event.level !== 'DEBUG' && event.level !== 'TRACE') jvm.out.print(formatZooKeeperEvent(event, sim.dateMs()));
    };
    return yield* jvm.run(DEFAULT_HEAP_BYTES, (): Op<number> =>
      new ZooKeeperMain(jvm, { args: process.args, prompts: true, log }).run(),
    );
  },
};
