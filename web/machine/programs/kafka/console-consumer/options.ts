import { flag, option, type OptionSpec } from '../../lib/joptsimple-spec';

/** @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleConsumer.scala */
export const OPTIONS: readonly OptionSpec[] = [
  option('topic', 'The topic id to consume on.', { label: 'topic' }),
  option('whitelist', 'Whitelist of topics to include for consumption.', { label: 'whitelist' }),
  option('blacklist', 'Blacklist of topics to exclude from consumption.', { label: 'blacklist' }),
  option(
    'partition',
    "The partition to consume from. Consumption starts from the end of the partition unless '--offset' is specified.",
    { label: 'partition', type: 'Integer' },
  ),
  option(
    'offset',
    "The offset id to consume from (a non-negative number), or 'earliest' which means from beginning, or 'latest' which means from end",
    { label: 'consume offset', defaults: ['latest'] },
  ),
  option(
    'zookeeper',
    'REQUIRED (only when using old consumer): The connection string for the zookeeper connection in the form host:port. ' +
      'Multiple URLS can be given to allow fail-over.',
    { label: 'urls' },
  ),
  option('consumer-property', 'A mechanism to pass user-defined properties in the form key=value to the consumer.', { label: 'consumer_prop' }),
  option('consumer.config', 'Consumer config properties file. Note that [consumer-property] takes precedence over this config.', {
    label: 'config file',
  }),
  option('formatter', 'The name of a class to use for formatting kafka messages for display.', {
    label: 'class',
    defaults: ['kafka.tools.DefaultMessageFormatter'],
  }),
  option('property', 'The properties to initialize the message formatter.', { label: 'prop' }),
  flag('delete-consumer-offsets', 'If specified, the consumer path in zookeeper is deleted when starting up'),
  flag(
    'from-beginning',
    'If the consumer does not already have an established offset to consume from, ' +
      'start with the earliest message present in the log rather than the latest message.',
  ),
  option('max-messages', 'The maximum number of messages to consume before exiting. If not set, consumption is continual.', {
    label: 'num_messages',
    type: 'Integer',
  }),
  option('timeout-ms', 'If specified, exit if no message is available for consumption for the specified interval.', {
    label: 'timeout_ms',
    type: 'Integer',
  }),
  flag('skip-message-on-error', 'If there is an error when processing a message, skip it instead of halt.'),
  flag('csv-reporter-enabled', 'If set, the CSV metrics reporter will be enabled'),
  option('metrics-dir', 'If csv-reporter-enable is set, and this parameter isset, the csv metrics will be output here', {
    label: 'metrics directory',
  }),
  flag(
    'new-consumer',
    'Use the new consumer implementation. This is the default, so this option is deprecated and will be removed in a future release.',
  ),
  option('bootstrap-server', 'REQUIRED (unless old consumer is used): The server to connect to.', { label: 'server to connect to' }),
  option('key-deserializer', '', { label: 'deserializer for key' }),
  option('value-deserializer', '', { label: 'deserializer for values' }),
  flag(
    'enable-systest-events',
    'Log lifecycle events of the consumer in addition to logging consumed messages. (This is specific for system tests.)',
  ),
  option(
    'isolation-level',
    'Set to read_committed in order to filter out transactional messages which are not committed. Set to read_uncommitted' +
      'to read all messages.',
    { defaults: ['read_uncommitted'] },
  ),
  option('group', 'The consumer group id of the consumer.', { label: 'consumer group id' }),
];

export const USAGE_MESSAGE = 'The console consumer is a tool that reads data from Kafka and outputs it to standard output.';

export const DESERIALIZER_CONFIGS: Readonly<Record<string, string>> = {
  'key.deserializer': 'org.apache.kafka.common.serialization.ByteArrayDeserializer',
  'value.deserializer': 'org.apache.kafka.common.serialization.ByteArrayDeserializer',
};
