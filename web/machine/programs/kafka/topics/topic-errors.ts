import { AdminError, hasNoStack } from '../../../../engine/admin/admin-errors';
import { ConfigException } from '../../../../engine/config/config-def';
import { JoptError } from '../../lib/joptsimple-error';
import { stackTrace, type Throwable } from '../../lib/stack-trace';
import type { Action } from './topic-options';

/** Where `main` calls each action, and the action's own last frame where it asks for options. */
const MAIN_LINES: Record<Action, number> = { create: 63, alter: 65, list: 67, describe: 69, delete: 71 };
const NAMES: Record<Action, string> = {
  create: 'createTopic',
  alter: 'alterTopic',
  list: 'listTopics',
  describe: 'describeTopic',
  delete: 'deleteTopic',
};
const CONFIG_LINES: Partial<Record<Action, number>> = { create: 96, alter: 133 };
const OPTION_LINES: Partial<Record<Action, number>> = { create: 107, alter: 148 };

const NOT_A_NUMBER_FRAMES = [
  'org.apache.kafka.common.config.ConfigDef.parseType(ConfigDef.java:722)',
  'org.apache.kafka.common.config.ConfigDef.parseValue(ConfigDef.java:469)',
];
const NOT_VALID_FRAMES = [
  'org.apache.kafka.common.config.ConfigDef$ValidString.ensureValid(ConfigDef.java:930)',
  'org.apache.kafka.common.config.ConfigDef$ValidList.ensureValid(ConfigDef.java:906)',
  'org.apache.kafka.common.config.ConfigDef.parseValue(ConfigDef.java:478)',
];
const CONFIG_FRAMES = [
  'org.apache.kafka.common.config.ConfigDef.parse(ConfigDef.java:462)',
  'kafka.log.LogConfig$.validate(LogConfig.scala:299)',
  'kafka.admin.TopicCommand$.parseTopicConfigsToBeAdded(TopicCommand.scala:265)',
];

/** An exception that the command itself throws, with the line that does it. */
export class TopicCommandError extends AdminError {
  constructor(
    javaClass: string,
    message: string,
    readonly frames: readonly string[],
  ) {
    super(javaClass, message);
  }
}

/** The frames below an action. */
function actionFrames(action: Action, line: number): string[] {
  return [
    `kafka.admin.TopicCommand$.${NAMES[action]}(TopicCommand.scala:${line})`,
    `kafka.admin.TopicCommand$.main(TopicCommand.scala:${MAIN_LINES[action]})`,
    'kafka.admin.TopicCommand.main(TopicCommand.scala)',
  ];
}

/** What `Utils.stackTrace` makes of an error of the command; undefined for what no Java exception stands for: our bug. */
export function commandTrace(error: unknown, action: Action): string | undefined {
  const throwable = throwableOf(error, action);
  return throwable === undefined ? undefined : `${stackTrace(throwable)}\n`;
}

function throwableOf(error: unknown, action: Action): Throwable | undefined {
  if (error instanceof JoptError) return error.throwable(actionFrames(action, OPTION_LINES[action] ?? MAIN_LINES[action]));
  const javaClass = error instanceof Error && 'javaClass' in error ? String(error.javaClass) : undefined;
  if (javaClass === undefined) return undefined;
  const text = `${javaClass}: ${(error as Error).message}`;
  if (hasNoStack(javaClass)) return { text, frames: [] };
  return { text, frames: [...framesInside(error), ...actionFrames(action, lineOf(error, action))] };
}

function framesInside(error: unknown): readonly string[] {
  if (error instanceof TopicCommandError) return error.frames;
  if (!(error instanceof ConfigException)) return [];
  return [...(error.message.includes('Not a number') ? NOT_A_NUMBER_FRAMES : NOT_VALID_FRAMES), ...CONFIG_FRAMES];
}

function lineOf(error: unknown, action: Action): number {
  const line = error instanceof ConfigException ? CONFIG_LINES[action] : OPTION_LINES[action];
  return line ?? MAIN_LINES[action];
}

export const offsetsTopicPartitions = (): TopicCommandError =>
  new TopicCommandError(
    'java.lang.IllegalArgumentException',
    'The number of partitions for the offsets topic cannot be changed.',
    [
      'kafka.admin.TopicCommand$$anonfun$alterTopic$1.apply(TopicCommand.scala:144)',
      'kafka.admin.TopicCommand$$anonfun$alterTopic$1.apply(TopicCommand.scala:127)',
      'scala.collection.mutable.ResizableArray$class.foreach(ResizableArray.scala:59)',
      'scala.collection.mutable.ArrayBuffer.foreach(ArrayBuffer.scala:48)',
    ],
  );

export const topicDoesNotExist = (topic: string, zookeeper: string): TopicCommandError =>
  new TopicCommandError('java.lang.IllegalArgumentException', `Topic ${topic} does not exist on ZK path ${zookeeper}`, []);

export const badConfigFormat = (): TopicCommandError =>
  new TopicCommandError(
    'java.lang.IllegalArgumentException',
    'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
    ['scala.Predef$.require(Predef.scala:224)', 'kafka.admin.TopicCommand$.parseTopicConfigsToBeAdded(TopicCommand.scala:261)'],
  );

const PARSE_ASSIGNMENT = [
  'scala.collection.immutable.Range.foreach$mVc$sp(Range.scala:160)',
  'kafka.admin.TopicCommand$.parseReplicaAssignment(TopicCommand.scala:288)',
];

export const duplicateReplicas = (ids: readonly number[]): TopicCommandError =>
  new TopicCommandError(
    'kafka.common.AdminCommandFailedException',
    `Partition replica lists may not contain duplicate entries: ${ids.join(',')}`,
    ['kafka.admin.TopicCommand$$anonfun$parseReplicaAssignment$1.apply$mcVI$sp(TopicCommand.scala:292)', ...PARSE_ASSIGNMENT],
  );

export const unevenReplicas = (partition: number, objectHash: string): TopicCommandError =>
  new TopicCommandError(
    'kafka.admin.AdminOperationException',
    `Partition ${partition} has different replication factor: [I@${objectHash}`,
    ['kafka.admin.TopicCommand$$anonfun$parseReplicaAssignment$1.apply$mcVI$sp(TopicCommand.scala:295)', ...PARSE_ASSIGNMENT],
  );

export const notANumber = (text: string): TopicCommandError =>
  new TopicCommandError('java.lang.NumberFormatException', `For input string: "${text}"`, [
    'java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)',
    'java.lang.Integer.parseInt(Integer.java:580)',
    'scala.collection.immutable.StringLike.toInt(StringLike.scala:301)',
  ]);

export const internalTopicDeletion = (topic: string): TopicCommandError =>
  new TopicCommandError(
    'kafka.admin.AdminOperationException',
    `Topic ${topic} is a kafka internal topic and is not allowed to be marked for deletion.`,
    [
      'kafka.admin.TopicCommand$$anonfun$deleteTopic$1.apply(TopicCommand.scala:188)',
      'kafka.admin.TopicCommand$$anonfun$deleteTopic$1.apply(TopicCommand.scala:185)',
      'scala.collection.mutable.ResizableArray$class.foreach(ResizableArray.scala:59)',
      'scala.collection.mutable.ArrayBuffer.foreach(ArrayBuffer.scala:48)',
    ],
  );

export const deletionFailed = (topic: string): TopicCommandError =>
  new TopicCommandError('kafka.admin.AdminOperationException', `Error while deleting topic ${topic}`, []);

export const noPartitions = (): TopicCommandError =>
  new TopicCommandError('java.util.NoSuchElementException', 'next on empty iterator', []);
