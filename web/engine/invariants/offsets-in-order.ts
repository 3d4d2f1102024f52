import { type Invariant, liveBrokers } from './invariant';

/** In every replica: log start <= high watermark <= log end, and the last stable offset is not beyond the high watermark. */
export function offsetsInOrder(): Invariant {
  return {
    name: 'offsets in order',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        for (const { name, local } of broker.partitions) {
          if (local === undefined) continue;
          const { logStartOffset, highWatermark, logEndOffset, lastStableOffset } = local;
          const inOrder = logStartOffset <= logEndOffset && highWatermark <= logEndOffset && lastStableOffset <= highWatermark;
          if (!inOrder) return `${name} on ${broker.brokerId}: start ${logStartOffset}, stable ${lastStableOffset}, high watermark ${highWatermark}, end ${logEndOffset}`;
        }
      }
      return undefined;
    },
  };
}
