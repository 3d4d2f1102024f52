import type { ConfigValues } from '../../config/parse-config';
import { bootstrapAddresses } from '../bootstrap';
import { type ClientEnvironment, ClientLogger } from '../client-environment';
import { Cluster } from '../cluster';
import { kafkaException, KafkaError } from '../kafka-error';
import { Metadata } from '../metadata';
import { NetworkClient } from '../network-client';
import { ConsumerCoordinator } from './consumer-coordinator';
import { ConsumerNetworkClient } from './consumer-network-client';
import { Fetcher } from './fetcher';
import { OffsetLookup } from './offset-lookup';
import type { PartitionAssignor } from './partition-assignor';
import { RangeAssignor } from './range-assignor';
import { RoundRobinAssignor } from './round-robin-assignor';
import { StickyAssignor } from './sticky-assignor';
import { type ResetStrategy, SubscriptionState } from './subscription-state';

/** What a consumer consists of. */
export interface ConsumerParts {
  readonly metadata: Metadata;
  readonly networkClient: NetworkClient;
  readonly client: ConsumerNetworkClient;
  readonly subscriptions: SubscriptionState;
  readonly coordinator: ConsumerCoordinator;
  readonly fetcher: Fetcher;
  readonly offsets: OffsetLookup;
}

/** How the default of partition.assignment.strategy is spelled; a given class has its bare name. */
const CLASS_PREFIX = 'class ';
/** As good as without limit: a consumer sends one fetch at a time to each node, and little else. */
const MAX_IN_FLIGHT = 100;

const ASSIGNORS: Readonly<Record<string, () => PartitionAssignor>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': () => new RangeAssignor(),
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': () => new RoundRobinAssignor(),
  'org.apache.kafka.clients.consumer.StickyAssignor': () => new StickyAssignor(),
};

/** Puts a consumer together. Throws KafkaException "Failed to construct kafka consumer" with its cause. */
export function createConsumerParts(env: ClientEnvironment, values: ConfigValues, clientId: string): ConsumerParts {
  const logPrefix = `[Consumer clientId=${clientId}, groupId=${values.string('group.id')}] `;
  const log = new ClientLogger(env.log, logPrefix);
  try {
    const metadata = createMetadata(env, values);
    const networkClient = createNetworkClient(env, values, metadata, { clientId, logPrefix });
    const client = createConsumerNetworkClient(env, values, networkClient, metadata);
    const subscriptions = new SubscriptionState(values.string('auto.offset.reset') as ResetStrategy);
    return {
      metadata,
      networkClient,
      client,
      subscriptions,
      coordinator: createCoordinator(env, values, { client, metadata, subscriptions, log }),
      fetcher: createFetcher(values, { client, metadata, subscriptions, log }),
      offsets: createOffsetLookup(values, { client, metadata, subscriptions, log }),
    };
  } catch (error) {
    if (error instanceof KafkaError) throw kafkaException('Failed to construct kafka consumer', error);
    throw error;
  }
}

interface Shared {
  readonly client: ConsumerNetworkClient;
  readonly metadata: Metadata;
  readonly subscriptions: SubscriptionState;
  readonly log: ClientLogger;
}

function createMetadata(env: ClientEnvironment, values: ConfigValues): Metadata {
  const addresses = bootstrapAddresses(values.list('bootstrap.servers'), env.host, env.log);
  return new Metadata(
    {
      retryBackoffMs: values.number('retry.backoff.ms'),
      maxAgeMs: values.number('metadata.max.age.ms'),
      allowAutoTopicCreation: true,
      topicsExpire: false,
    },
    Cluster.bootstrap(addresses),
    env.sim.nowUs / 1000,
  );
}

function createNetworkClient(
  env: ClientEnvironment,
  values: ConfigValues,
  metadata: Metadata,
  names: { readonly clientId: string; readonly logPrefix: string },
): NetworkClient {
  return new NetworkClient(env, metadata, {
    ...names,
    maxInFlightRequestsPerConnection: MAX_IN_FLIGHT,
    reconnectBackoffMs: values.number('reconnect.backoff.ms'),
    reconnectBackoffMaxMs: values.number('reconnect.backoff.max.ms'),
    requestTimeoutMs: values.number('request.timeout.ms'),
  });
}

function createConsumerNetworkClient(env: ClientEnvironment, values: ConfigValues, client: NetworkClient, metadata: Metadata): ConsumerNetworkClient {
  return new ConsumerNetworkClient(env.sim, client, metadata, {
    retryBackoffMs: values.number('retry.backoff.ms'),
    requestTimeoutMs: values.number('request.timeout.ms'),
    maxPollMs: values.number('heartbeat.interval.ms'),
  });
}

function createCoordinator(env: ClientEnvironment, values: ConfigValues, { client, metadata, subscriptions, log }: Shared): ConsumerCoordinator {
  const assignors = values.list('partition.assignment.strategy').map(createAssignor);
  if (values.number('heartbeat.interval.ms') >= values.number('session.timeout.ms')) {
    throw new KafkaError('java.lang.IllegalArgumentException', 'Heartbeat must be set lower than the session timeout');
  }
  const options = {
    groupId: values.string('group.id'),
    sessionTimeoutMs: values.number('session.timeout.ms'),
    heartbeatIntervalMs: values.number('heartbeat.interval.ms'),
    maxPollIntervalMs: values.number('max.poll.interval.ms'),
    retryBackoffMs: values.number('retry.backoff.ms'),
    leaveOnClose: values.boolean('internal.leave.group.on.close'),
    isStopped: () => env.process?.isStopped === true,
    autoCommit: values.boolean('enable.auto.commit'),
    autoCommitIntervalMs: values.number('auto.commit.interval.ms'),
    excludeInternalTopics: values.boolean('exclude.internal.topics'),
  };
  return new ConsumerCoordinator(env.sim, client, metadata, subscriptions, assignors, options, log);
}

function createAssignor(className: string): PartitionAssignor {
  const name = className.startsWith(CLASS_PREFIX) ? className.slice(CLASS_PREFIX.length) : className;
  const create = ASSIGNORS[name];
  if (create !== undefined) return create();
  throw kafkaException(`${name} ClassNotFoundException exception occurred`, new KafkaError('java.lang.ClassNotFoundException', name));
}

function createFetcher(values: ConfigValues, { client, metadata, subscriptions, log }: Shared): Fetcher {
  const options = {
    minBytes: values.number('fetch.min.bytes'),
    maxBytes: values.number('fetch.max.bytes'),
    maxWaitMs: values.number('fetch.max.wait.ms'),
    maxPartitionBytes: values.number('max.partition.fetch.bytes'),
    maxPollRecords: values.number('max.poll.records'),
    isolationLevel: isolationLevel(values),
  };
  return new Fetcher(client, metadata, subscriptions, options, log);
}

function createOffsetLookup(values: ConfigValues, { client, metadata, subscriptions, log }: Shared): OffsetLookup {
  const options = {
    isolationLevel: isolationLevel(values),
    retryBackoffMs: values.number('retry.backoff.ms'),
    requestTimeoutMs: values.number('request.timeout.ms'),
  };
  return new OffsetLookup(client, metadata, subscriptions, options, log);
}

/** 0 read_uncommitted, 1 read_committed. */
function isolationLevel(values: ConfigValues): number {
  return values.string('isolation.level') === 'read_committed' ? 1 : 0;
}
