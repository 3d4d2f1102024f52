import { engineBenchmark, idleBenchmark, memoryBenchmark, replicatedBenchmark } from './engine';
import type { Benchmark } from './figure';
import { firstLoadBenchmark } from './first-load';
import { pageBenchmark } from './page';

/** All benchmarks, by the figures that they give. */
export const BENCHMARKS: readonly Benchmark[] = [
  engineBenchmark('engine-1p', 1),
  engineBenchmark('engine-12p', 12),
  replicatedBenchmark,
  idleBenchmark,
  memoryBenchmark,
  pageBenchmark,
  firstLoadBenchmark,
];
