import { messageFormatOf } from '../release/api-version';
import { BROKER_CONFIGS } from './broker-configs';
import { ConfigException } from './config-def';
import { configValuesBlock } from './config-values-block';
import { type ListenerEndPoint, parseCsv, parseCsvMap, parseEndPoints, require } from './endpoint';
import { type ConfigValues, parseConfig } from './parse-config';
import { TOPIC_CONFIG_SYNONYMS } from './topic-configs';

const HOUR_MS = 3_600_000;
const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const COMPRESSION_TYPES = ['uncompressed', 'snappy', 'lz4', 'gzip', 'producer'];

/**
 * A broker's settings: the table's, checked, and what follows from several of them.
 *
 * Errors: ConfigException and IllegalConfigException with Kafka's message, in its order of checks.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaConfig.scala
 */
export class KafkaConfig {
  readonly values: ConfigValues;
  /** Listener name -> security protocol. */
  readonly listenerSecurityProtocolMap: ReadonlyMap<string, string>;
  readonly listeners: readonly ListenerEndPoint[];
  readonly advertisedListeners: readonly ListenerEndPoint[];
  readonly interBrokerListenerName: string;
  readonly logDirs: readonly string[];

  constructor(props: ReadonlyMap<string, string>) {
    this.values = parseConfig(BROKER_CONFIGS, props);
    messageFormatOf(this.string('log.message.format.version'));
    messageFormatOf(this.string('inter.broker.protocol.version'));
    this.logDirs = parseCsv(this.values.optionalString('log.dirs') ?? this.string('log.dir'));
    this.listenerSecurityProtocolMap = this.parseProtocolMap();
    this.interBrokerListenerName = this.findInterBrokerListenerName();
    this.checkNumbers();
    this.advertisedListeners = this.findAdvertisedListeners();
    this.listeners = this.findListeners();
    this.checkListeners();
  }

  number(name: string): number {
    return this.values.number(name);
  }

  string(name: string): string {
    return this.values.string(name);
  }

  boolean(name: string): boolean {
    return this.values.boolean(name);
  }

  /** What the log shows of it, ` = ` lines and all. */
  get block(): string {
    return configValuesBlock(BROKER_CONFIGS, this.values);
  }

  get zkConnectionTimeoutMs(): number {
    return this.values.optionalNumber('zookeeper.connection.timeout.ms') ?? this.number('zookeeper.session.timeout.ms');
  }

  /** -1 for no limit. */
  get logRetentionTimeMs(): number {
    const minutes = this.values.optionalNumber('log.retention.minutes');
    const byMinutes = minutes === null ? this.number('log.retention.hours') * HOUR_MS : minutes * 60_000;
    const retentionMs = this.values.optionalNumber('log.retention.ms') ?? byMinutes;
    return retentionMs < 0 ? -1 : retentionMs;
  }

  get logRollTimeMs(): number {
    return this.values.optionalNumber('log.roll.ms') ?? this.number('log.roll.hours') * HOUR_MS;
  }

  get logRollTimeJitterMs(): number {
    return this.values.optionalNumber('log.roll.jitter.ms') ?? this.number('log.roll.jitter.hours') * HOUR_MS;
  }

  /** What a topic's settings are when the topic sets none, as properties. */
  get logConfigDefaults(): Map<string, string> {
    const derived: Readonly<Record<string, string>> = {
      'segment.ms': String(this.logRollTimeMs),
      'segment.jitter.ms': String(this.logRollTimeJitterMs),
      'retention.ms': String(this.logRetentionTimeMs),
      'flush.ms': this.exact(this.values.optionalNumber('log.flush.interval.ms') === null ? 'log.flush.scheduler.interval.ms' : 'log.flush.interval.ms'),
      'cleanup.policy': this.values.list('log.cleanup.policy').join(','),
    };
    return new Map(Object.entries(TOPIC_CONFIG_SYNONYMS).map(([name, synonym]) => [name, derived[name] ?? this.exact(synonym)]));
  }

  private exact(name: string): string {
    return this.values.text(name);
  }

  private parseProtocolMap(): Map<string, string> {
    const name = 'listener.security.protocol.map';
    const protocols = new Map<string, string>();
    for (const [listener, protocol] of parseCsvMap(this.string(name))) {
      if (!SECURITY_PROTOCOLS.includes(protocol.toUpperCase())) {
        throw new ConfigException(`Invalid security protocol \`${protocol}\` defined in ${name}`);
      }
      protocols.set(listener.toUpperCase(), protocol.toUpperCase());
    }
    return protocols;
  }

  private findListeners(): ListenerEndPoint[] {
    const given = this.values.optionalString('listeners');
    return parseEndPoints(given ?? `PLAINTEXT://${this.string('host.name')}:${this.number('port')}`, this.listenerSecurityProtocolMap);
  }

  private findAdvertisedListeners(): ListenerEndPoint[] {
    const given = this.values.optionalString('advertised.listeners');
    if (given !== null) return parseEndPoints(given, this.listenerSecurityProtocolMap);
    const host = this.values.optionalString('advertised.host.name');
    const port = this.values.optionalNumber('advertised.port');
    if (host === null && port === null) return this.findListeners();
    return parseEndPoints(`PLAINTEXT://${host ?? this.string('host.name')}:${port ?? this.number('port')}`, this.listenerSecurityProtocolMap);
  }

  private findInterBrokerListenerName(): string {
    const name = this.values.optionalString('inter.broker.listener.name');
    const protocol = this.string('security.inter.broker.protocol');
    if (name === null) {
      if (SECURITY_PROTOCOLS.includes(protocol.toUpperCase())) return protocol.toUpperCase();
      throw new ConfigException(`Invalid security protocol \`${protocol}\` defined in security.inter.broker.protocol`);
    }
    if (this.values.originals.has('security.inter.broker.protocol')) {
      throw new ConfigException('Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.');
    }
    if (!this.listenerSecurityProtocolMap.has(name.toUpperCase())) {
      throw new ConfigException(
        `Listener with name ${name.toUpperCase()} defined in inter.broker.listener.name not found in listener.security.protocol.map.`,
      );
    }
    return name.toUpperCase();
  }

  private checkNumbers(): void {
    const brokerId = this.number('broker.id');
    if (this.boolean('broker.id.generation.enable')) {
      require(
        brokerId >= -1 && brokerId <= this.number('reserved.broker.max.id'),
        'broker.id must be equal or greater than -1 and not greater than reserved.broker.max.id',
      );
    } else {
      require(brokerId >= 0, 'broker.id must be equal or greater than 0');
    }
    require(this.logRollTimeMs >= 1, 'log.roll.ms must be equal or greater than 1');
    require(this.logRollTimeJitterMs >= 0, 'log.roll.jitter.ms must be equal or greater than 0');
    const retentionMs = this.logRetentionTimeMs;
    require(retentionMs >= 1 || retentionMs === -1, 'log.retention.ms must be unlimited (-1) or, equal or greater than 1');
    require(this.logDirs.length > 0, 'At least one log directory must be defined via log.dirs or log.dir.');
    require(
      this.number('log.cleaner.dedupe.buffer.size') / this.number('log.cleaner.threads') > 1048576,
      'log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.',
    );
    const waitMs = this.number('replica.fetch.wait.max.ms');
    require(
      waitMs <= this.number('replica.socket.timeout.ms'),
      'replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms to prevent unnecessary socket timeouts',
    );
    require(
      waitMs <= this.number('replica.lag.time.max.ms'),
      'replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR',
    );
    const acks = this.number('offsets.commit.required.acks');
    require(
      acks >= -1 && acks <= this.number('offsets.topic.replication.factor'),
      'offsets.commit.required.acks must be greater or equal -1 and less or equal to offsets.topic.replication.factor',
    );
    const compressionType = this.string('compression.type');
    require(
      COMPRESSION_TYPES.includes(compressionType.toLowerCase()),
      `compression.type : ${compressionType} is not valid. Valid options are ${COMPRESSION_TYPES.join(',')}`,
    );
  }

  private checkListeners(): void {
    const advertised = this.advertisedListeners.map((endPoint) => endPoint.listenerName);
    const names = this.listeners.map((endPoint) => endPoint.listenerName);
    require(
      advertised.includes(this.interBrokerListenerName),
      'inter.broker.listener.name must be a listener name defined in advertised.listeners. ' +
        `The valid options based on currently configured listeners are ${advertised.join(',')}`,
    );
    require(
      advertised.every((name) => names.includes(name)),
      'advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. ' +
        `Found ${advertised.join(',')}. The valid options based on the current configuration are ${names.join(',')}`,
    );
    require(
      !this.advertisedListeners.some((endPoint) => endPoint.host === '0.0.0.0'),
      'advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.',
    );
    const queuedMaxBytes = this.number('queued.max.request.bytes');
    require(
      queuedMaxBytes <= 0 || queuedMaxBytes >= this.number('socket.request.max.bytes'),
      'queued.max.request.bytes must be larger or equal to socket.request.max.bytes',
    );
  }
}
