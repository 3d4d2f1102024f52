import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Benchmark, Figure } from './figure';
import { runFlow } from './record-flow';
import { startCluster } from './small-cluster';

const RECORDS = 1_000_000;
const MEBIBYTE = 1_048_576;
const IDLE_US = 2 * 3_600_000_000;
const SINGLE_COPY = { 'offsets.topic.replication.factor': '1' };

/** Records a second that one producer sends to one broker and one consumer reads, bytes and all, in processor time. */
export function engineBenchmark(name: string, partitions: number): Benchmark {
  const figure = { name, unit: 'records/s', aim: 1_000_000, better: 'more' } as const;
  return repeated(figure, () => {
    const cluster = startCluster(1, { 'num.partitions': String(partitions), ...SINGLE_COPY });
    return RECORDS / secondsOf(() => runFlow(cluster, { records: RECORDS, partitions, acks: '1' }));
  });
}

/** The same with three brokers that each keep a copy, and a producer that waits for all of them. */
export const replicatedBenchmark = repeated({ name: 'engine-rf3', unit: 'records/s', aim: null, better: 'more' }, () => {
  const cluster = startCluster(3, { 'default.replication.factor': '3' });
  return RECORDS / secondsOf(() => runFlow(cluster, { records: RECORDS, partitions: 1, acks: 'all' }));
});

/** Simulated hours a second of processor time in which three brokers have nothing to do. */
export const idleBenchmark = repeated({ name: 'idle-hours', unit: 'h/s', aim: 10, better: 'more' }, () => {
  const { sim } = startCluster(3, {});
  return IDLE_US / 3_600_000_000 / secondsOf(() => sim.run(sim.nowUs + IDLE_US));
});

/** Memory that a million records take once they are in a broker's log. Measured once: what an earlier run left behind would be counted against the next. */
export const memoryBenchmark: Benchmark = {
  figures: ['memory-1m'],
  async measure() {
    const cluster = startCluster(1, SINGLE_COPY);
    const before = usedBytes();
    runFlow(cluster, { records: RECORDS, partitions: 1, acks: '1' });
    const used = usedBytes() - before;
    // The cluster must live until it was measured.
    if (cluster.brokers.length !== 1) throw new Error('the broker is gone');
    return [{ name: 'memory-1m', unit: 'MB', aim: null, better: 'less', runs: [used / MEBIBYTE] }];
  },
};

function repeated(figure: Omit<Figure, 'runs'>, measure: () => number): Benchmark {
  return {
    figures: [figure.name],
    async measure(runs) {
      return [{ ...figure, runs: Array.from({ length: runs }, measure) }];
    },
  };
}

/** Seconds of processor time, of all of the program's threads: the machine may have other work. */
function secondsOf(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** Heap and buffers, after a collection. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
