import type { KafkaZkClient } from '../../admin/kafka-zk-client';
import type { Op } from '../../kernel/task';
import type { ClassLogger } from '../class-logger';
import type { ControllerContext } from './controller-context';

const FIRST_EPOCH = 1;
const FIRST_EPOCH_ZK_VERSION = 1;

/** The znode of the controller was taken by somebody else meanwhile. */
export class ControllerMovedError extends Error {}

/**
 * Takes the next controller epoch, by which brokers tell an old controller from a new one.
 *
 * Errors: ControllerMovedError when another controller took it first.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala incrementControllerEpoch
 */
export function* takeControllerEpoch(zk: KafkaZkClient, context: ControllerContext, log: ClassLogger): Op<void> {
  log.info('Reading controller epoch from ZooKeeper');
  const found = yield* zk.getControllerEpoch();
  if (found !== undefined) {
    context.epoch = found.epoch;
    context.epochZkVersion = found.stat.version;
    log.info(`Initialized controller epoch to ${found.epoch} and zk version ${found.stat.version}`);
  }
  log.info('Incrementing controller epoch in ZooKeeper');
  const next = context.epoch + 1;
  const written = yield* zk.setControllerEpochRaw(next, context.epochZkVersion);
  if (written.code === 'Ok') {
    context.epoch = next;
    context.epochZkVersion = written.stat?.version ?? 0;
  } else if (written.code === 'NoNode' && (yield* zk.createControllerEpochRaw(FIRST_EPOCH)).code === 'Ok') {
    context.epoch = FIRST_EPOCH;
    context.epochZkVersion = FIRST_EPOCH_ZK_VERSION;
  } else {
    throw new ControllerMovedError('Controller moved to another broker. Aborting controller startup procedure');
  }
  log.info(`Epoch incremented to ${context.epoch}`);
}
