import { FatalStartupError, KafkaServer } from '../../engine/broker/kafka-server';
import type { Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { COSTS } from '../os/costs';
import type { Process } from '../os/process';
import { type Signal, signalNumber } from '../os/signals';
import { SystemDisk } from '../os/system-disk';
import { formatLogEvent } from '../programs/lib/log4j';
import { PrintStream } from '../programs/lib/print-stream';
import { KAFKA_JAVA } from './java-environment';
import { runningServersOf } from './running-servers';

const ENDING_SIGNALS: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * `kafka.Kafka`: a broker in this process, from its properties until it is told to end.
 *
 * Returns its exit code: 1 when it could not start, 128 + signal after a clean stop. A killed process takes its broker with it.
 */
export function* runBroker(process: Process, properties: ReadonlyMap<string, string>, heapBytes: number): Op<number> {
  const { machine } = process;
  const out = new PrintStream(process, 1);
  const log = (event: Parameters<typeof formatLogEvent>[0]): void => out.print(formatLogEvent(event, machine.sim.dateMs()));
  const signalled = new Condition();
  let signal: Signal | undefined;
  process.holdMemory(heapBytes);
  yield* process.sleep(COSTS.jvmStartUs);
  const server = new KafkaServer(
    { sim: machine.sim, host: machine.host, disk: new SystemDisk(machine.files), log, hostName: machine.hostname, javaEnvironment: KAFKA_JAVA },
    properties,
  );
  const servers = runningServersOf(machine.sim);
  servers.brokers.set(machine, server);
  process.atExit(() => {
    server.halt();
    servers.brokers.delete(machine);
  });
  for (const each of ENDING_SIGNALS) {
    process.onSignal(each, () => {
      if (signal !== undefined) return;
      signal = each;
      log({ level: 'INFO', message: `Terminating process due to signal ${each}`, logger: 'kafka.Kafka$' });
      signalled.notifyAll();
    });
  }
  try {
    yield* server.startup();
  } catch (error) {
    if (!(error instanceof FatalStartupError)) throw error;
    yield* out.flush();
    return 1;
  }
  while (signal === undefined) yield signalled;
  yield* server.shutdown();
  yield* out.flush();
  return 128 + signalNumber(signal);
}
