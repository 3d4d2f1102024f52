import { describe, expect, it } from 'vitest';
import { ERRORS } from '../protocol/errors';
import { TestCluster } from './test-cluster';

const DIR = '/kafka';
const LAST_WORDS = `Shutdown broker because all log dirs in ${DIR} have failed`;

function oneBroker(settings: Readonly<Record<string, string>> = {}): TestCluster {
  const cluster = new TestCluster(1, settings).startAll();
  cluster.createTopic('t', 1, 1);
  expect(cluster.produce(1, 't', ['before']).errorCode).toBe(ERRORS.NONE);
  return cluster;
}

/** What the broker said from the disk's first error on. */
function linesFromFailure(cluster: TestCluster): string[] {
  const lines = cluster.lines(1);
  return lines.slice(lines.findIndex((line) => line.startsWith('Error while') || line.startsWith('Failed')));
}

describe('A full disk ends a broker as it really does', () => {
  it('when a record cannot be appended', () => {
    const cluster = oneBroker();
    cluster.diskOf(1).isFull = (path) => path.endsWith('.log');
    const answer = cluster.send(1, 'Produce', cluster.produceBody('t', ['lost']));
    cluster.wait(1);
    expect(answer.response?.partitions[0]?.errorCode ?? ERRORS.KAFKA_STORAGE_ERROR).toBe(ERRORS.KAFKA_STORAGE_ERROR);
    expect(cluster.exitCode(1)).toBe(1);
    expect(linesFromFailure(cluster)).toEqual([
      `Error while appending records to t-0 in dir ${DIR}`,
      `[ReplicaManager broker=1] Stopping serving replicas in dir ${DIR}`,
      '[ReplicaFetcherManager on broker 1] Removed fetcher for partitions t-0',
      '[ReplicaAlterLogDirsManager on broker 1] Removed fetcher for partitions t-0',
      `[ReplicaManager broker=1] Broker 1 stopped fetcher for partitions t-0 and stopped moving logs for partitions  because they are in the failed log directory ${DIR}.`,
      `Stopping serving logs in dir ${DIR}`,
      LAST_WORDS,
    ]);
  });

  it('when a new segment cannot be begun', () => {
    const cluster = oneBroker({ 'log.segment.bytes': '100' });
    cluster.diskOf(1).isFull = (path) => path.endsWith('00001.log');
    cluster.send(1, 'Produce', cluster.produceBody('t', ['rolls']));
    cluster.wait(1);
    expect(cluster.exitCode(1)).toBe(1);
    expect(linesFromFailure(cluster)[0]).toBe(`Error while appending records to t-0 in dir ${DIR}`);
  });

  it('when a topic is made', () => {
    const cluster = oneBroker();
    cluster.diskOf(1).isFull = (path) => path.includes('/u-0/');
    cluster.createTopic('u', 1, 1);
    cluster.wait(1);
    expect(cluster.exitCode(1)).toBe(1);
    const lines = linesFromFailure(cluster);
    expect(lines[0]).toBe(`Error while creating log for u-0 in dir ${DIR}`);
    expect(lines).toContain(
      '[ReplicaManager broker=1] Error while making broker the leader for partition Topic: u; Partition: 0; Leader: None; AllReplicas: ; InSyncReplicas:  in dir None',
    );
    expect(lines.at(-1)).toBe(LAST_WORDS);
  });

  for (const file of ['recovery-point-offset-checkpoint', 'log-start-offset-checkpoint', 'replication-offset-checkpoint']) {
    it(`when ${file} cannot be written`, () => {
      const cluster = oneBroker();
      cluster.diskOf(1).isFull = (path) => path.endsWith(file);
      cluster.wait(100);
      expect(cluster.exitCode(1)).toBe(1);
      expect(linesFromFailure(cluster)[0]).toBe(`Error while writing to checkpoint file ${DIR}/${file}`);
      expect(cluster.lines(1).at(-1)).toBe(LAST_WORDS);
    });
  }

  it('when a topic is deleted and the cleaner cannot note it', () => {
    const cluster = oneBroker({ 'delete.topic.enable': 'true' });
    cluster.diskOf(1).isFull = (path) => path.endsWith('cleaner-offset-checkpoint');
    cluster.withZooKeeper((_zk, admin) => admin.deleteTopic('t'));
    cluster.wait(5);
    expect(cluster.exitCode(1)).toBe(1);
  });

  it('when it stops', () => {
    const cluster = oneBroker();
    cluster.diskOf(1).isFull = () => true;
    cluster.stop(1);
    expect(cluster.broker(1).state).toBe('stopped');
  });

  it('when it starts for the first time', () => {
    const cluster = new TestCluster(1);
    cluster.diskOf(1).isFull = () => true;
    expect(() => cluster.run(cluster.broker(1).startup())).toThrow();
    expect(cluster.exitCode(1)).toBe(1);
    const lines = cluster.lines(1);
    expect(lines).toContain(`Failed to create or validate data directory ${DIR}`);
    expect(lines.at(-1)).toBe(`Shutdown broker because none of the specified log dirs from ${DIR} can be created or validated`);
  });

  it('when it starts again, as soon as it writes', () => {
    const cluster = oneBroker();
    cluster.stop(1);
    cluster.diskOf(1).isFull = () => true;
    cluster.restart(1);
    cluster.wait(100);
    expect(cluster.exitCode(1)).toBe(1);
  });

  it('when it cannot write down its id', () => {
    const cluster = new TestCluster(1);
    cluster.diskOf(1).isFull = (path) => path.endsWith('meta.properties');
    expect(() => cluster.run(cluster.broker(1).startup())).toThrow('java.io.IOException: No space left on device');
    expect(cluster.lines(1)).toContain('Failed to write meta.properties due to');
    expect(cluster.broker(1).state).toBe('stopped');
  });

  it('when it is a follower that cannot keep what it fetched', () => {
    const cluster = new TestCluster(2).startAll();
    cluster.createTopic('t', 1, 2);
    const leader = cluster.leaderOf('t');
    const follower = 3 - leader;
    cluster.diskOf(follower).isFull = (path) => path.endsWith('.log');
    cluster.produce(leader, 't', ['kept by one'], { acks: 1 });
    cluster.wait(20);
    expect(cluster.exitCode(follower)).toBe(1);
    expect(cluster.exitCode(leader)).toBeUndefined();
    expect(cluster.partition(leader, 't').inSyncReplicas).toEqual([leader]);
  });
});

describe('A log directory that somebody removed', () => {
  it('ends the broker at its next checkpoint', () => {
    const cluster = oneBroker();
    cluster.diskOf(1).isGone = () => true;
    cluster.wait(100);
    expect(cluster.exitCode(1)).toBe(1);
    const failure = cluster.log.find((each) => each.event.message.startsWith('Error while writing to checkpoint file'))?.event.throwable;
    expect(failure).toMatch(/^java\.io\.FileNotFoundException: \/kafka\/.*checkpoint\.tmp \(No such file or directory\)$/);
  });

  it('ends ZooKeeper when it begins a file', () => {
    const cluster = new TestCluster(1);
    cluster.zooKeeperDisk.isGone = () => true;
    const start = cluster.broker(1).startup();
    expect(() => cluster.run(start)).toThrow();
    expect(cluster.zooKeeperExit).toBe(11);
  });
});

describe('A directory among the logs that is none', () => {
  it('stops the next start, with the real words', () => {
    const cluster = oneBroker();
    cluster.stop(1);
    cluster.diskOf(1).makeDirectories(`${DIR}/backup`);
    const words = `kafka.common.KafkaException: Found directory ${DIR}/backup, 'backup' is not in the form of topic-partition`;
    expect(() => cluster.restart(1)).toThrow(words);
    expect(cluster.lines(1).some((line) => line.startsWith(`There was an error in one of the threads during logs loading: ${words}`))).toBe(true);
    expect(cluster.broker(1).state).toBe('stopped');
  });
});

describe('A checkpoint that somebody edited', () => {
  for (const file of ['recovery-point-offset-checkpoint', 'replication-offset-checkpoint', 'cleaner-offset-checkpoint']) {
    it(`takes the log directory out of service: ${file}`, () => {
      const cluster = oneBroker();
      cluster.stop(1);
      cluster.writeFile(1, `${DIR}/${file}`, '0\nx\n');
      try {
        cluster.restart(1);
      } catch {
        // A broker may also fail to start.
      }
      cluster.wait(60);
      expect(cluster.exitCode(1)).toBe(1);
      expect(cluster.lines(1)).toContain(`Error while reading checkpoint file ${DIR}/${file}`);
    });
  }
});

describe('A full disk under ZooKeeper', () => {
  it('ends it at the first change, and the brokers go on', () => {
    const cluster = oneBroker();
    cluster.zooKeeperDisk.isFull = () => true;
    expect(() => cluster.createTopic('u', 1, 1)).toThrow();
    expect(cluster.zooKeeperExit).toBe(11);
    expect(cluster.produce(1, 't', ['still']).errorCode).toBe(ERRORS.NONE);
  });
});
