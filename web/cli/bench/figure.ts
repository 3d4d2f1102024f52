/** What was measured of one thing, a number a run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly aim: number | null;
  readonly better: 'more' | 'less';
  readonly runs: readonly number[];
}

/** One thing that is measured together: it may give several figures. */
export interface Benchmark {
  readonly figures: readonly string[];
  measure(runs: number): Promise<Figure[]>;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
