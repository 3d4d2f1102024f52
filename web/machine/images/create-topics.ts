import type { Program } from '../os/program';
import { kafkaTopics } from '../programs/kafka/kafka-topics';

const START_TIMEOUT_S = 600;
const STEP_S = 10;

/**
 * Waits until the broker listens, then makes the topics of KAFKA_CREATE_TOPICS: `name:partitions:replicas[:cleanup.policy]`, separated by commas.
 * @source wurstmeister/kafka-docker 1.1.0 create-topics.sh
 */
export const createTopics: Program = {
  name: 'create-topics.sh',
  *main(process) {
    const wanted = process.env.get('KAFKA_CREATE_TOPICS') ?? '';
    if (wanted === '') return 0;
    const port = Number(process.env.get('KAFKA_PORT') ?? 9092);
    const { host } = process.machine;
    for (let waited = 0; !host.listening.some((each) => each.port === port); waited += STEP_S) {
      if (waited > START_TIMEOUT_S) {
        yield* process.out(`Not able to auto-create topic (waited for ${START_TIMEOUT_S} sec)\n`);
        return 1;
      }
      yield* process.out('waiting for kafka to be ready\n');
      yield* process.sleep(STEP_S * 1_000_000);
    }
    const separator = process.env.get('KAFKA_CREATE_TOPICS_SEPARATOR') ?? ',';
    for (const topic of wanted.split(separator)) {
      yield* process.out(`creating topics: ${topic}\n`);
      const [name = '', partitions = '1', replicas = '1', policy] = topic.trim().split(':');
      const argv = ['kafka-topics.sh', '--create', '--zookeeper', process.env.get('KAFKA_ZOOKEEPER_CONNECT') ?? '', '--topic', name, '--partitions', partitions, '--replication-factor', replicas];
      if (policy !== undefined) argv.push(`--config=cleanup.policy=${policy}`);
      argv.push('--if-not-exists');
      yield* process.waitFor(process.spawn({ program: kafkaTopics, argv }));
    }
    return 0;
  },
};
