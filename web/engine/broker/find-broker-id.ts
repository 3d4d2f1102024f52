import type { KafkaZkClient } from '../admin/kafka-zk-client';
import type { KafkaConfig } from '../config/kafka-config';
import type { Random } from '../kernel/random';
import type { Op } from '../kernel/task';
import { InconsistentBrokerIdError } from './startup-error';

/**
 * The id that the broker's directories were given, that its settings give, or a new one from ZooKeeper.
 *
 * Errors: InconsistentBrokerIdError when they disagree.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala getBrokerIdAndOfflineDirs
 */
export function* findBrokerId(config: KafkaConfig, zk: KafkaZkClient, storedIds: readonly number[]): Op<number> {
  const configured = config.number('broker.id');
  const stored = [...new Set(storedIds)];
  const [only] = stored;
  if (stored.length > 1) {
    throw new InconsistentBrokerIdError(
      'Failed to match broker.id across log.dirs. This could happen if multiple brokers shared a log directory (log.dirs) ' +
        `or partial data was manually copied from another broker. Found Set(${stored.join(', ')})`,
    );
  }
  if (only === undefined) return configured >= 0 ? configured : (yield* zk.generateBrokerSequenceId()) + config.number('reserved.broker.max.id');
  if (configured >= 0 && configured !== only) {
    throw new InconsistentBrokerIdError(
      `Configured broker.id ${configured} doesn't match stored broker.id ${only} in meta.properties. If you moved your data, make sure your configured ` +
        'broker.id matches. If you intend to create a new broker, you should remove all data in your data directories (log.dirs).',
    );
  }
  return only;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** 16 bytes are 21 characters of six bits and one of two. */
const FULL_CHARACTERS = 21;

/** A UUID in 22 characters. */
export function newClusterId(random: Random): string {
  const full = Array.from({ length: FULL_CHARACTERS }, () => BASE64URL[random.below(64)] as string);
  return full.join('') + (BASE64URL[random.below(4) * 16] as string);
}
