import { TOPIC_CONFIGS } from '../../../../engine/config/topic-configs';
import { checkInvalidArgs, checkRequiredArgs, printUsageAndDie } from '../../lib/command-line-utils';
import type { Jvm } from '../../lib/jvm';
import { OptionParser, type OptionSet } from '../../lib/joptsimple';
import { flag, option } from '../../lib/joptsimple-spec';

export const ACTIONS = ['create', 'list', 'alter', 'describe', 'delete'] as const;
export type Action = (typeof ACTIONS)[number];

const CONFIG_NAMES = TOPIC_CONFIGS.rows.map((row) => row.name).sort();

/**
 * The options of kafka-topics.sh.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/TopicCommand.scala TopicCommandOptions
 */
export const TOPIC_OPTIONS = new OptionParser([
  option(
    'zookeeper',
    'REQUIRED: The connection string for the zookeeper connection in the form host:port. Multiple hosts can be given to allow fail-over.',
    { label: 'hosts' },
  ),
  flag('list', 'List all available topics.'),
  flag('create', 'Create a new topic.'),
  flag('delete', 'Delete a topic'),
  flag('alter', 'Alter the number of partitions, replica assignment, and/or configuration for the topic.'),
  flag('describe', 'List details for the given topics.'),
  flag('help', 'Print usage information.'),
  option('topic', 'The topic to be create, alter or describe. Can also accept a regular expression except for --create option', {
    label: 'topic',
  }),
  option(
    'config',
    `A topic configuration override for the topic being created or altered.The following is a list of valid configurations: \n${CONFIG_NAMES.map((name) => `\t${name}`).join('\n')}\nSee the Kafka documentation for full details on the topic configs.`,
    { label: 'name=value' },
  ),
  option(
    'delete-config',
    'A topic configuration override to be removed for an existing topic (see the list of configurations under the --config option).',
    { label: 'name' },
  ),
  option(
    'partitions',
    'The number of partitions for the topic being created or altered (WARNING: If partitions are increased for a topic that has a key, the partition logic or ordering of the messages will be affected',
    { label: '# of partitions', type: 'Integer' },
  ),
  option('replication-factor', 'The replication factor for each partition in the topic being created.', {
    label: 'replication factor',
    type: 'Integer',
  }),
  option('replica-assignment', 'A list of manual partition-to-broker assignments for the topic being created or altered.', {
    label:
      'broker_id_for_part1_replica1 : broker_id_for_part1_replica2 , broker_id_for_part2_replica1 : broker_id_for_part2_replica2 , ...',
  }),
  flag('under-replicated-partitions', 'if set when describing topics, only show under replicated partitions'),
  flag('unavailable-partitions', 'if set when describing topics, only show partitions whose leader is not available'),
  flag('topics-with-overrides', 'if set when describing topics, only show topics that have overridden configs'),
  flag('if-exists', 'if set when altering or deleting topics, the action will only execute if the topic exists'),
  flag('if-not-exists', 'if set when creating topics, the action will only execute if the topic does not already exist'),
  flag('disable-rack-aware', 'Disable rack aware replica assignment'),
  flag('force', 'Suppress console prompts'),
]);

/** Option -> the actions with which it makes sense; in the order in which the real tool looks. */
const BEFORE_ASSIGNMENT: readonly (readonly [string, readonly Action[]])[] = [
  ['config', ['alter', 'create']],
  ['delete-config', ['alter']],
  ['partitions', ['alter', 'create']],
  ['replication-factor', ['create']],
  ['replica-assignment', ['create', 'alter']],
];
const REPORTS = ['under-replicated-partitions', 'unavailable-partitions', 'topics-with-overrides'];
const AFTER_ASSIGNMENT: readonly (readonly [string, readonly Action[]])[] = [
  ...REPORTS.map((report) => [report, ['describe']] as const),
  ['if-exists', ['alter', 'delete']],
  ['if-not-exists', ['create']],
];

/** Ends the program unless the options make sense together; returns what is to be done. */
export function checkTopicOptions(jvm: Jvm, options: OptionSet): Action {
  const actions = ACTIONS.filter((action) => options.has(action));
  const [action] = actions;
  if (actions.length !== 1 || action === undefined) {
    printUsageAndDie(
      jvm,
      TOPIC_OPTIONS,
      'Command must include exactly one action: --list, --describe, --create, --alter or --delete',
    );
  }
  checkRequiredArgs(jvm, TOPIC_OPTIONS, options, ['zookeeper']);
  if (action !== 'list' && action !== 'describe') checkRequiredArgs(jvm, TOPIC_OPTIONS, options, ['topic']);
  checkRules(jvm, options, BEFORE_ASSIGNMENT);
  if (action === 'create')
    checkInvalidArgs(jvm, TOPIC_OPTIONS, options, { used: 'replica-assignment', invalid: ['partitions', 'replication-factor'] });
  checkRules(jvm, options, AFTER_ASSIGNMENT);
  return action;
}

function checkRules(jvm: Jvm, options: OptionSet, rules: typeof BEFORE_ASSIGNMENT): void {
  for (const [used, allowed] of rules) {
    const otherActions = ACTIONS.filter((action) => !allowed.includes(action));
    const otherReports = REPORTS.includes(used) ? REPORTS.filter((report) => report !== used) : [];
    checkInvalidArgs(jvm, TOPIC_OPTIONS, options, { used, invalid: [...otherActions, ...otherReports] });
  }
}
