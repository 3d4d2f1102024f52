import type { Op } from '../../engine/kernel/task';
import type { Process } from '../os/process';
import type { Program } from '../os/program';
import { kafkaTopics } from '../programs/kafka/kafka-topics';

const STEP_S = 10;
const DEFAULT_TIMEOUT_S = 600;

/**
 * Makes the topics of KAFKA_CREATE_TOPICS (`name:partitions:replicas[:cleanup.policy]`, separated by commas) once the broker listens.
 * @source wurstmeister/kafka-docker tag 1.1.0 create-topics.sh
 */
export const createTopics: Program = {
  name: 'create-topics.sh',
  *main(process) {
    const wanted = process.env.get('KAFKA_CREATE_TOPICS') ?? '';
    if (wanted === '') return 0;
    const timeoutS = Number(process.env.get('START_TIMEOUT') ?? DEFAULT_TIMEOUT_S);
    const port = Number(process.env.get('KAFKA_PORT') ?? '9092');
    let waitedS = 0;
    while (!listens(process, port)) {
      yield* process.out('waiting for kafka to be ready\n');
      yield* process.sleep(STEP_S * 1_000_000);
      waitedS += STEP_S;
      if (waitedS > timeoutS) {
        yield* process.out(`Not able to auto-create topic (waited for ${timeoutS} sec)\n`);
        return 1;
      }
    }
    yield* process.sleep(1_000_000);
    const separator = process.env.get('KAFKA_CREATE_TOPICS_SEPARATOR') ?? ',';
    const jobs: Process[] = [];
    for (const topic of wanted.split(separator).map((each) => each.trim()).filter((each) => each !== '')) jobs.push(yield* createTopic(process, topic));
    for (const job of jobs) yield* process.waitFor(job);
    return 0;
  },
};

function listens(process: Process, port: number): boolean {
  return process.machine.host.listening.some((listener) => listener.port === port);
}

function* createTopic(process: Process, topic: string): Op<Process> {
  yield* process.out(`creating topics: ${topic}\n`);
  const [name = '', partitions = '', replicas = '', policy = ''] = topic.split(':');
  const argv = [
    '/opt/kafka/bin/kafka-topics.sh', '--create', '--zookeeper', process.env.get('KAFKA_ZOOKEEPER_CONNECT') ?? '', '--topic', name,
    '--partitions', partitions, '--replication-factor', replicas, ...(policy === '' ? [] : ['--config', `cleanup.policy=${policy}`]), '--if-not-exists',
  ];
  return process.spawn({ program: kafkaTopics, argv });
}
