import { flag, option, type OptionSpec } from '../../lib/joptsimple-spec';

/** @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleProducer.scala */
export const OPTIONS: readonly OptionSpec[] = [
  option('topic', 'REQUIRED: The topic id to produce messages to.', { label: 'topic' }),
  option('broker-list', 'REQUIRED: The broker list string in the form HOST1:PORT1,HOST2:PORT2.', { label: 'broker-list' }),
  flag('sync', 'If set message send requests to the brokers are synchronously, one at a time as they arrive.'),
  {
    names: ['compression-codec'],
    description:
      "The compression codec: either 'none', 'gzip', 'snappy', or 'lz4'.If specified without value, then it defaults to 'gzip'",
    argument: { required: false, label: 'compression-codec' },
  },
  option('batch-size', 'Number of messages to send in a single batch if they are not being sent synchronously.', {
    label: 'size',
    type: 'Integer',
    defaults: ['200'],
  }),
  option(
    'message-send-max-retries',
    'Brokers can fail receiving the message for multiple reasons, and being unavailable transiently is just one of them. ' +
      'This property specifies the number of retires before the producer give up and drop this message.',
    { type: 'Integer', defaults: ['3'] },
  ),
  option(
    'retry-backoff-ms',
    'Before each retry, the producer refreshes the metadata of relevant topics. Since leader election takes a bit of time, ' +
      'this property specifies the amount of time that the producer waits before refreshing the metadata.',
    { type: 'Integer', defaults: ['100'] },
  ),
  option(
    'timeout',
    'If set and the producer is running in asynchronous mode, this gives the maximum amount of time' +
      ' a message will queue awaiting sufficient batch size. The value is given in ms.',
    { label: 'timeout_ms', type: 'Integer', defaults: ['1000'] },
  ),
  option(
    'queue-size',
    'If set and the producer is running in asynchronous mode, this gives the maximum amount of ' +
      ' messages will queue awaiting sufficient batch size.',
    { label: 'queue_size', type: 'Integer', defaults: ['10000'] },
  ),
  option('queue-enqueuetimeout-ms', 'Timeout for event enqueue', { label: 'queue enqueuetimeout ms', type: 'Integer', defaults: ['2147483647'] }),
  option('request-required-acks', 'The required acks of the producer requests', { label: 'request required acks', defaults: ['1'] }),
  option('request-timeout-ms', 'The ack timeout of the producer requests. Value must be non-negative and non-zero', {
    label: 'request timeout ms',
    type: 'Integer',
    defaults: ['1500'],
  }),
  option(
    'metadata-expiry-ms',
    "The period of time in milliseconds after which we force a refresh of metadata even if we haven't seen any leadership changes.",
    { label: 'metadata expiration interval', type: 'Long', defaults: ['300000'] },
  ),
  option('max-block-ms', 'The max time that the producer will block for during a send request', {
    label: 'max block on send',
    type: 'Long',
    defaults: ['60000'],
  }),
  option('max-memory-bytes', 'The total memory used by the producer to buffer records waiting to be sent to the server.', {
    label: 'total memory in bytes',
    type: 'Long',
    defaults: ['33554432'],
  }),
  option(
    'max-partition-memory-bytes',
    'The buffer size allocated for a partition. When records are received which are smaller than this size the producer ' +
      'will attempt to optimistically group them together until this size is reached.',
    { label: 'memory in bytes per partition', type: 'Long', defaults: ['16384'] },
  ),
  option('value-serializer', 'The class name of the message encoder implementation to use for serializing values.', {
    label: 'encoder_class',
    defaults: ['kafka.serializer.DefaultEncoder'],
  }),
  option('key-serializer', 'The class name of the message encoder implementation to use for serializing keys.', {
    label: 'encoder_class',
    defaults: ['kafka.serializer.DefaultEncoder'],
  }),
  option(
    'line-reader',
    'The class name of the class to use for reading lines from standard in. By default each line is read as a separate message.',
    { label: 'reader_class', defaults: ['kafka.tools.ConsoleProducer$LineMessageReader'] },
  ),
  option('socket-buffer-size', 'The size of the tcp RECV size.', { label: 'size', type: 'Integer', defaults: ['102400'] }),
  option(
    'property',
    'A mechanism to pass user-defined properties in the form key=value to the message reader. ' +
      'This allows custom configuration for a user-defined message reader.',
    { label: 'prop' },
  ),
  option('producer-property', 'A mechanism to pass user-defined properties in the form key=value to the producer. ', { label: 'producer_prop' }),
  option('producer.config', 'Producer config properties file. Note that [producer-property] takes precedence over this config.', {
    label: 'config file',
  }),
  flag('old-producer', 'Use the old producer implementation.'),
];

/** Options that become settings of the (new) producer, over whatever --producer.config and --producer-property say. */
export const OPTION_CONFIGS: Readonly<Record<string, string>> = {
  'broker-list': 'bootstrap.servers',
  'socket-buffer-size': 'send.buffer.bytes',
  'retry-backoff-ms': 'retry.backoff.ms',
  'metadata-expiry-ms': 'metadata.max.age.ms',
  'max-block-ms': 'max.block.ms',
  'request-required-acks': 'acks',
  'request-timeout-ms': 'request.timeout.ms',
  'message-send-max-retries': 'retries',
  timeout: 'linger.ms',
  'max-memory-bytes': 'buffer.memory',
  'max-partition-memory-bytes': 'batch.size',
};

export const FIXED_CONFIGS: Readonly<Record<string, string>> = {
  'client.id': 'console-producer',
  'key.serializer': 'org.apache.kafka.common.serialization.ByteArraySerializer',
  'value.serializer': 'org.apache.kafka.common.serialization.ByteArraySerializer',
};
