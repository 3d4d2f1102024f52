import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../../../engine/protocol/messages';
import { checkRequiredArgs, printUsageAndDie } from '../../lib/command-line-utils';
import { parseProperties } from '../../lib/properties';
import { OptionParser, type OptionSet } from '../../lib/joptsimple';
import { JoptError } from '../../lib/joptsimple-error';
import { type Jvm, JvmExit, UncaughtException } from '../../lib/jvm';
import { parseKeyValueArgs, readTextFile } from '../../lib/tool-arguments';
import { classNotFound, configFileNotFound, CONVERSION_FRAMES } from './failures';
import { formatterOf, type MessageFormatter, MissingClassError } from './formatters';
import { DESERIALIZER_CONFIGS, OPTIONS, USAGE_MESSAGE } from './options';

/** What the command line asks for, checked. */
export interface ConsumerSettings {
  readonly topic: string | undefined;
  readonly whitelist: string | undefined;
  /** Set for `--partition`: the partition, and the offset or one of the special timestamps. */
  readonly start: { readonly partition: number; readonly offset: number } | undefined;
  /** -1 for no limit. */
  readonly maxMessages: number;
  readonly timeoutMs: number;
  readonly formatter: MessageFormatter;
  readonly skipMessageOnError: boolean;
  readonly enableSystestEvents: boolean;
  readonly props: ReadonlyMap<string, string>;
}

/** Largest value of a Java long, as text. */
const LONG = /^[+-]?\d{1,19}$/;

/**
 * Reads the command line of the console consumer, in the order in which the real one finds fault with it.
 *
 * Errors: ends the program with 1, or throws UncaughtException.
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleConsumer.scala ConsumerConfig
 */
export function readSettings(jvm: Jvm): ConsumerSettings {
  const parser = new OptionParser(OPTIONS);
  const { args } = jvm.process;
  if (args.length === 0) printUsageAndDie(jvm, parser, USAGE_MESSAGE);
  const options = parseOrDie(jvm, parser, args);
  try {
    return new SettingsReader(jvm, parser, options).read();
  } catch (error) {
    if (error instanceof JoptError) throw new UncaughtException(error.throwable(CONVERSION_FRAMES));
    throw error;
  }
}

function parseOrDie(jvm: Jvm, parser: OptionParser, args: readonly string[]): OptionSet {
  try {
    return parser.parse(args);
  } catch (error) {
    if (error instanceof JoptError) return printUsageAndDie(jvm, parser, error.message);
    throw error;
  }
}

class SettingsReader {
  constructor(
    private readonly jvm: Jvm,
    private readonly parser: OptionParser,
    private readonly options: OptionSet,
  ) {}

  read(): ConsumerSettings {
    const { options } = this;
    const extraProps = parseKeyValueArgs(this.jvm, options.valuesOf('consumer-property'));
    const fileProps = this.readConfigFile();
    const partition = options.has('partition') ? (options.numberOf('partition') as number) : undefined;
    const createFormatter = formatterOf(options.valueOf('formatter') as string);
    if (createFormatter === undefined) throw new UncaughtException(classNotFound(options.valueOf('formatter') as string));
    const formatterProps = parseKeyValueArgs(this.jvm, options.valuesOf('property'));
    const maxMessages = options.numberOf('max-messages') ?? -1;
    const timeoutMs = options.numberOf('timeout-ms') ?? -1;
    const formatter = this.createFormatter(createFormatter, formatterProps);
    this.checkTopics();
    const offset = this.offsetOf(partition);
    this.checkServers();
    const props = this.consumerProps(fileProps, extraProps);
    return {
      topic: options.valueOf('topic'),
      whitelist: options.valueOf('whitelist'),
      start: partition === undefined ? undefined : { partition, offset },
      maxMessages,
      timeoutMs: timeoutMs >= 0 ? timeoutMs : Infinity,
      formatter,
      skipMessageOnError: options.has('skip-message-on-error'),
      enableSystestEvents: options.has('enable-systest-events'),
      props,
    };
  }

  private die(message: string): never {
    printUsageAndDie(this.jvm, this.parser, message);
  }

  private readConfigFile(): Map<string, string> {
    const path = this.options.valueOf('consumer.config');
    if (path === undefined) return new Map();
    const file = readTextFile(this.jvm, path);
    if ('problem' in file) throw new UncaughtException(configFileNotFound(path, file.problem));
    return parseProperties(file.text);
  }

  private createFormatter(create: (properties: ReadonlyMap<string, string>) => MessageFormatter, properties: Map<string, string>): MessageFormatter {
    for (const name of ['key.deserializer', 'value.deserializer']) {
      const className = this.options.valueOf(name.replace('.', '-'));
      if (className !== undefined && className !== '') properties.set(name, className);
    }
    try {
      return create(properties);
    } catch (error) {
      if (error instanceof MissingClassError) throw new UncaughtException(classNotFound(error.message));
      throw error;
    }
  }

  private checkTopics(): void {
    const { options } = this;
    const given = (names: readonly string[]): number => names.filter((each) => options.has(each)).length;
    if (!options.has('zookeeper')) {
      if (given(['topic', 'whitelist']) !== 1) this.die('Exactly one of whitelist/topic is required.');
      return;
    }
    if (options.has('bootstrap-server')) this.die('Option [bootstrap-server] is not valid with [zookeeper].');
    if (options.has('new-consumer')) this.die('Option [new-consumer] is not valid with [zookeeper].');
    if (given(['topic', 'whitelist', 'blacklist']) !== 1) this.die('Exactly one of whitelist/blacklist/topic is required.');
    this.jvm.err.println(
      'Using the ConsoleConsumer with old consumer is deprecated and will be removed in a future major release. ' +
        'Consider using the new consumer by passing [bootstrap-server] instead of [zookeeper].',
    );
  }

  private offsetOf(partition: number | undefined): number {
    const { options } = this;
    const hasOffset = options.has('offset');
    const fromBeginning = options.has('from-beginning');
    if (options.has('zookeeper') && (partition !== undefined || hasOffset)) {
      this.die('Partition-offset based consumption is supported in the new consumer only.');
    }
    if (partition !== undefined) {
      if (!options.has('topic')) this.die('The topic is required when partition is specified.');
      if (fromBeginning && hasOffset) this.die('Options from-beginning and offset cannot be specified together.');
    } else if (hasOffset) this.die('The partition is required when offset is specified.');
    if (!hasOffset) return fromBeginning ? EARLIEST_TIMESTAMP : LATEST_TIMESTAMP;
    const text = (options.valueOf('offset') as string).toLowerCase();
    if (text === 'earliest') return EARLIEST_TIMESTAMP;
    if (text === 'latest') return LATEST_TIMESTAMP;
    if (!LONG.test(text) || Number(text) < 0) {
      this.die(`The provided offset value '${text}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.`);
    }
    return Number(text);
  }

  private checkServers(): void {
    if (this.options.has('zookeeper')) {
      this.jvm.err.println('kafka-console-consumer.sh: the old consumer (--zookeeper) is not simulated yet');
      throw new JvmExit(1);
    }
    checkRequiredArgs(this.jvm, this.parser, this.options, ['bootstrap-server']);
    if (this.options.has('new-consumer')) {
      this.jvm.err.println(
        'The --new-consumer option is deprecated and will be removed in a future major release.' +
          'The new consumer is used by default if the --bootstrap-server option is provided.',
      );
    }
  }

  private consumerProps(fileProps: ReadonlyMap<string, string>, extraProps: ReadonlyMap<string, string>): Map<string, string> {
    const props = new Map([...fileProps, ['group.id', this.groupOf(fileProps, extraProps)], ...extraProps]);
    this.setResetPolicy(props);
    props.set('bootstrap.servers', this.options.valueOf('bootstrap-server') as string);
    for (const [name, value] of Object.entries(DESERIALIZER_CONFIGS)) props.set(name, value);
    props.set('isolation.level', this.options.valueOf('isolation-level') as string);
    return props;
  }

  /** The group must be the same wherever it is given; a random one when it is not. */
  private groupOf(fileProps: ReadonlyMap<string, string>, extraProps: ReadonlyMap<string, string>): string {
    const given = [this.options.valueOf('group'), fileProps.get('group.id'), extraProps.get('group.id')];
    const groups = [...new Set(given.filter((each): each is string => each !== undefined))];
    if (groups.length > 1) {
      const detected = groups.map((each) => `'${each}'`).join(', ');
      this.die(
        "The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') " +
          `do not match. Detected group ids: ${detected}`,
      );
    }
    const { sim, host } = this.jvm.process.machine;
    return groups[0] ?? `console-consumer-${sim.random(`${host.name}:console-consumer`).below(100_000)}`;
  }

  private setResetPolicy(props: Map<string, string>): void {
    const fromBeginning = this.options.has('from-beginning');
    const given = props.get('auto.offset.reset');
    if (given === undefined) props.set('auto.offset.reset', fromBeginning ? 'earliest' : 'latest');
    else if (fromBeginning && given !== 'earliest') {
      this.jvm.err.println(`Can't simultaneously specify --from-beginning and 'auto.offset.reset=${given}', please remove one option`);
      throw new JvmExit(1);
    }
  }
}
