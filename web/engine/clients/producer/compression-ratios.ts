import type { CompressionType } from '../../protocol/codec';

const IMPROVING_STEP = 0.005;
const DETERIORATING_STEP = 0.05;

/**
 * What compression is expected to leave, learned from the batches that were sent, per topic.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/record/CompressionRatioEstimator.java
 */
export class CompressionRatios {
  private readonly byTopic = new Map<string, number>();

  estimate(topic: string, type: CompressionType): number {
    return type === 'none' ? 1 : (this.byTopic.get(topic) ?? 1);
  }

  /** Believes bad news quickly and good news slowly. */
  update(topic: string, type: CompressionType, observed: number): void {
    if (type === 'none') return;
    const current = this.estimate(topic, type);
    if (observed > current) this.byTopic.set(topic, Math.max(current + DETERIORATING_STEP, observed));
    else if (observed < current) this.byTopic.set(topic, Math.max(current - IMPROVING_STEP, observed));
  }

  reset(topic: string, type: CompressionType, ratio: number): void {
    if (type !== 'none') this.byTopic.set(topic, ratio);
  }
}
