import { flag, option, type OptionSpec } from '../../lib/joptsimple-spec';

export const USAGE_MESSAGE =
  'List all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.';

/** @source kafka 1.1.0 core/src/main/scala/kafka/admin/ConsumerGroupCommand.scala */
export const OPTIONS: readonly OptionSpec[] = [
  option(
    'zookeeper',
    'REQUIRED (for consumer groups based on the old consumer): The connection string for the zookeeper connection in the form host:port. ' +
      'Multiple URLS can be given to allow fail-over.',
    { label: 'urls' },
  ),
  option('bootstrap-server', 'REQUIRED (for consumer groups based on the new consumer): The server to connect to.', {
    label: 'server to connect to',
  }),
  option('group', 'The consumer group we wish to act on.', { label: 'consumer group' }),
  option(
    'topic',
    'The topic whose consumer group information should be deleted or topic whose should be included in the reset offset process. ' +
      'In `reset-offsets` case, partitions can be specified using this format: `topic1:0,1,2`, where 0,1,2 are the partition to be ' +
      'included in the process. Reset-offsets also supports multiple topic inputs.',
    { label: 'topic' },
  ),
  flag('all-topics', 'Consider all topics assigned to a group in the `reset-offsets` process.'),
  flag('list', 'List all consumer groups.'),
  flag('describe', 'Describe consumer group and list offset lag (number of messages not yet processed) related to given group.'),
  flag(
    'delete',
    'Pass in groups to delete topic partition offsets and ownership information over the entire consumer group. ' +
      'For instance --group g1 --group g2\n' +
      "Pass in groups with a single topic to just delete the given topic's partition offsets and ownership information for the given " +
      'consumer groups. For instance --group g1 --group g2 --topic t1\n' +
      "Pass in just a topic to delete the given topic's partition offsets and ownership information for every consumer group. " +
      'For instance --topic t1\n' +
      'WARNING: Group deletion only works for old ZK-based consumer groups, and one has to use it carefully to only delete groups that are not active.',
  ),
  flag(
    'new-consumer',
    'Use the new consumer implementation. This is the default, so this option is deprecated and will be removed in a future release.',
  ),
  option(
    'timeout',
    'The timeout that can be set for some use cases. For example, it can be used when describing the group to specify the maximum amount ' +
      'of time in milliseconds to wait before the group stabilizes (when the group is just created, or is going through some changes).',
    { label: 'timeout (ms)', type: 'Long', defaults: ['5000'] },
  ),
  option('command-config', 'Property file containing configs to be passed to Admin Client and Consumer.', {
    label: 'command config property file',
  }),
  flag(
    'reset-offsets',
    'Reset offsets of consumer group. Supports one consumer group at the time, and instances should be inactive\n' +
      'Has 2 execution options: --dry-run (the default) to plan which offsets to reset, and --execute to update the offsets. ' +
      'Additionally, the --export option is used to export the results to a CSV format.\n' +
      'You must choose one of the following reset specifications: --to-datetime, --by-period, --to-earliest, --to-latest, --shift-by, ' +
      '--from-file, --to-current.\n' +
      "To define the scope use --all-topics or --topic. One scope must be specified unless you use '--from-file'.",
  ),
  flag('dry-run', 'Only show results without executing changes on Consumer Groups. Supported operations: reset-offsets.'),
  flag('execute', 'Execute operation. Supported operations: reset-offsets.'),
  flag('export', 'Export operation execution to a CSV file. Supported operations: reset-offsets.'),
  option('to-offset', 'Reset offsets to a specific offset.', { label: 'offset', type: 'Long' }),
  option('from-file', 'Reset offsets to values defined in CSV file.', { label: 'path to CSV file' }),
  option('to-datetime', "Reset offsets to offset from datetime. Format: 'YYYY-MM-DDTHH:mm:SS.sss'", { label: 'datetime' }),
  option('by-duration', "Reset offsets to offset by duration from current timestamp. Format: 'PnDTnHnMnS'", { label: 'duration' }),
  flag('to-earliest', 'Reset offsets to earliest offset.'),
  flag('to-latest', 'Reset offsets to latest offset.'),
  flag('to-current', 'Reset offsets to current offset.'),
  option('shift-by', "Reset offsets shifting current offset by 'n', where 'n' can be positive or negative.", {
    label: 'number-of-offsets',
    type: 'Long',
  }),
  flag(
    'members',
    "Describe members of the group. This option may be used with '--describe' and '--bootstrap-server' options only.\n" +
      'Example: --bootstrap-server localhost:9092 --describe --group group1 --members',
  ),
  flag(
    'verbose',
    'Provide additional information, if any, when describing the group. This option may be used ' +
      "with '--offsets'/'--members'/'--state' and '--bootstrap-server' options only.\n" +
      'Example: --bootstrap-server localhost:9092 --describe --group group1 --members --verbose',
  ),
  flag(
    'offsets',
    'Describe the group and list all topic partitions in the group along with their offset lag. ' +
      "This is the default sub-action of and may be used with '--describe' and '--bootstrap-server' options only.\n" +
      'Example: --bootstrap-server localhost:9092 --describe --group group1 --offsets',
  ),
  flag(
    'state',
    "Describe the group state. This option may be used with '--describe' and '--bootstrap-server' options only.\n" +
      'Example: --bootstrap-server localhost:9092 --describe --group group1 --state',
  ),
];

export const ACTIONS = ['list', 'describe', 'delete', 'reset-offsets'] as const;
/** What `--reset-offsets` may go to; the order of a Scala set of them, as a message lists it. */
export const SCENARIOS = ['by-duration', 'to-offset', 'from-file', 'to-datetime', 'to-earliest', 'to-current', 'shift-by', 'to-latest'] as const;
/** Options that only go with `--describe`, and without `--zookeeper`; the first three one at a time. */
export const DESCRIBE_ONLY = ['members', 'offsets', 'state', 'verbose'] as const;
export const ONE_OF_DESCRIBE = ['members', 'offsets', 'state'] as const;
