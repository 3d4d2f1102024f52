import { LogLoadError } from './log-load-error';
import type { TopicPartition } from '../../protocol/messages';

export const LOG_SUFFIX = '.log';
export const INDEX_SUFFIX = '.index';
export const TIME_INDEX_SUFFIX = '.timeindex';
export const TXN_INDEX_SUFFIX = '.txnindex';
export const SNAPSHOT_SUFFIX = '.snapshot';
export const DELETED_SUFFIX = '.deleted';
export const CLEANED_SUFFIX = '.cleaned';
export const SWAP_SUFFIX = '.swap';
export const DELETE_DIR_SUFFIX = '-delete';
export const FUTURE_DIR_SUFFIX = '-future';
export const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown';
export const LEADER_EPOCH_FILE = 'leader-epoch-checkpoint';

/** `00000000000000000042.log`: twenty digits, so that names sort like offsets. */
export function segmentFile(dir: string, baseOffset: number, suffix: string): string {
  return `${dir}/${String(baseOffset).padStart(20, '0')}${suffix}`;
}

export function offsetFromFileName(name: string): number {
  return Number(name.slice(0, name.indexOf('.')));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The topic and partition that a directory in a log directory holds. Throws LogLoadError for any other directory. */
export function parseLogDirName(dir: string): TopicPartition {
  const name = nameOf(dir);
  const fail = (): LogLoadError =>
    new LogLoadError(
      'kafka.common.KafkaException',
      `Found directory ${dir}, '${name}' is not in the form of topic-partition or topic-partition.uniqueId-delete (if marked for deletion).\n` +
        "Kafka's log directories (and children) should only contain Kafka topic data.",
    );
  const isSpecial = name.endsWith(DELETE_DIR_SUFFIX) || name.endsWith(FUTURE_DIR_SUFFIX);
  if (isSpecial && !/^\S+-\S+\.\S+-(?:delete|future)$/.test(name)) throw fail();
  const bare = isSpecial ? name.slice(0, name.lastIndexOf('.')) : name;
  const match = /^(.+)-(\d+)$/.exec(bare);
  if (match === null) throw fail();
  return { topic: match[1] as string, partition: Number(match[2]) };
}
