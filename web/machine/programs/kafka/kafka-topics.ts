import type { Op } from '../../../engine/kernel/task';
import type { CompletionContext, Program } from '../../os/program';
import { printUsageAndDie } from '../lib/command-line-utils';
import { DEFAULT_HEAP_BYTES, Jvm, JvmExit, UncaughtException } from '../lib/jvm';
import { JoptError } from '../lib/joptsimple-error';
import { openKafkaZkClient } from '../lib/kafka-zk';
import { TOPIC_ACTIONS } from './topics/topic-actions';
import { commandTrace } from './topics/topic-errors';
import { checkTopicOptions, TOPIC_OPTIONS } from './topics/topic-options';

const MAIN_FRAME = 'kafka.admin.TopicCommand.main(TopicCommand.scala)';
const LOGGER = 'kafka.admin.TopicCommand$';

/**
 * kafka-topics.sh: creates, lists, describes, alters and deletes topics by way of ZooKeeper.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/TopicCommand.scala
 */
export const kafkaTopics: Program = {
  name: 'kafka-topics.sh',
  main: (process) => new Jvm(process).run(DEFAULT_HEAP_BYTES, main),
  complete: completeOptions,
};

function* main(jvm: Jvm): Op<number> {
  const { args } = jvm.process;
  const options = uncaught(
    () => TOPIC_OPTIONS.parse(args),
    [
      'kafka.admin.TopicCommand$TopicCommandOptions.<init>(TopicCommand.scala:358)',
      'kafka.admin.TopicCommand$.main(TopicCommand.scala:44)',
    ],
  );
  if (args.length === 0) printUsageAndDie(jvm, TOPIC_OPTIONS, 'Create, delete, describe, or change a topic.');
  const action = checkTopicOptions(jvm, options);
  const mainFrame = 'kafka.admin.TopicCommand$.main(TopicCommand.scala:57)';
  const zookeeper = uncaught(() => options.valueOf('zookeeper') as string, [mainFrame]);
  const zk = yield* openKafkaZkClient(jvm, zookeeper, [mainFrame, MAIN_FRAME]);
  let exitCode = 0;
  try {
    yield* TOPIC_ACTIONS[action]({ jvm, options, zk });
  } catch (error) {
    const trace = error instanceof JvmExit ? undefined : commandTrace(error, action);
    if (trace === undefined) throw error;
    jvm.out.println(`Error while executing topic command : ${(error as Error).message}`);
    jvm.log({ level: 'ERROR', message: trace, logger: LOGGER });
    exitCode = 1;
  }
  yield* zk.close();
  return exitCode;
}

/** What joptsimple throws before the command's own `try` ends the program. */
function uncaught<T>(read: () => T, frames: readonly string[]): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JoptError)) throw error;
    throw new UncaughtException(error.throwable([...frames, MAIN_FRAME]));
  }
}

function completeOptions(context: CompletionContext): readonly string[] | undefined {
  const { words, index, prefix } = context;
  if (words[index - 1] === '--topic') return context.names('topic');
  return prefix.startsWith('-') ? TOPIC_OPTIONS.longNames : undefined;
}
