import type { ReplicaAssignment } from '../../../../engine/admin/replica-placement';
import { InvalidConfigurationException, validateTopicConfigs } from '../../../../engine/config/log-config';
import { TOPIC_CONFIGS } from '../../../../engine/config/topic-configs';
import type { Random } from '../../../../engine/kernel/random';
import type { Jvm } from '../../lib/jvm';
import type { OptionSet } from '../../lib/joptsimple';
import { badConfigFormat, duplicateReplicas, notANumber, unevenReplicas } from './topic-errors';

const FORMAT_VERSION = 'message.format.version';

/** `--config` as settings, checked. Throws TopicCommandError, ConfigException, InvalidConfigurationException. */
export function configsToBeAdded(jvm: Jvm, options: OptionSet): Map<string, string> {
  const pairs = options.valuesOf('config').map((text) => javaSplit(text, /\s*=\s*/));
  if (pairs.some((pair) => pair.length !== 2)) throw badConfigFormat();
  const configs = new Map(pairs.map(([name, value]) => [(name as string).trim(), (value as string).trim()]));
  validateTopicConfigs(configs);
  const version = configs.get(FORMAT_VERSION);
  if (version !== undefined) {
    const advice =
      'This configuration will be ignored if the version is newer than the inter.broker.protocol.version specified in the broker.';
    jvm.out.println(`WARNING: The configuration ${FORMAT_VERSION}=${version} is specified. ${advice}`);
  }
  return configs;
}

/** `--delete-config` as names. Throws InvalidConfigurationException for an unknown one. */
export function configsToBeDeleted(options: OptionSet): string[] {
  const names = options.valuesOf('delete-config').map((name) => name.trim());
  const unknown = names.find((name) => !TOPIC_CONFIGS.rows.some((row) => row.name === name));
  if (unknown !== undefined) throw new InvalidConfigurationException(`Unknown topic config name: ${unknown}`);
  return names;
}

/** `1001:1002,1002:1001`: the brokers of each partition of a new topic. Throws TopicCommandError. */
export function replicaAssignmentOf(text: string, random: Random): ReplicaAssignment {
  const assignment = new Map<number, readonly number[]>();
  javaSplit(text, /,/).forEach((list, partition) => {
    const brokers = brokerList(list);
    const doubled = [...new Set(brokers.filter((id, index) => brokers.indexOf(id) !== index))];
    if (doubled.length > 0) throw duplicateReplicas(doubled);
    assignment.set(partition, brokers);
    if (brokers.length !== assignment.get(0)?.length) throw unevenReplicas(partition, random.hex(7));
  });
  return assignment;
}

/** The same for added partitions: the first `from` lists are those of partitions that exist. */
export function addedAssignmentOf(text: string, from: number): ReplicaAssignment {
  const lists = javaSplit(text, /,/).slice(from);
  return new Map((lists.length === 0 ? [''] : lists).map((list, index) => [from + index, brokerList(list)]));
}

function brokerList(text: string): number[] {
  return javaSplit(text, /:/).map((part) => {
    const id = part.trim();
    if (!/^[+-]?\d+$/.test(id)) throw notANumber(id);
    return Number(id);
  });
}

/** `String.split`: empty pieces at the end are dropped, unless there is nothing else. */
function javaSplit(text: string, separator: RegExp): string[] {
  const parts = text.split(separator);
  if (parts.length === 1) return parts;
  while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  return parts;
}
