import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { DelayedOperation } from './delayed-operation';
import type { Partition } from './partition';
import type { ParkedRequest } from './parked-request';

export interface ProduceResult {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: ErrorCode;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
}

/** One partition's part of an append that waits for the ISR. */
export interface PendingProduce {
  readonly result: ProduceResult;
  /** The high watermark must reach it; undefined for a part that failed at once. */
  readonly requiredOffset: number | undefined;
  readonly source: Partition | undefined;
}

/**
 * acks=all: waits until the high watermark has passed what was appended, in every partition.
 *
 * Errors: REQUEST_TIMED_OUT, NOT_LEADER_FOR_PARTITION, NOT_ENOUGH_REPLICAS_AFTER_APPEND.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedProduce.scala
 */
export class DelayedProduce extends DelayedOperation {
  private readonly outcomes: (ErrorCode | undefined)[];

  constructor(
    timeoutMs: number,
    private readonly parts: readonly PendingProduce[],
    private readonly respond: (results: ProduceResult[]) => void,
    readonly parked: ParkedRequest | undefined,
  ) {
    super(timeoutMs);
    this.outcomes = parts.map((part) => (part.requiredOffset === undefined ? part.result.errorCode : undefined));
  }

  tryComplete(): boolean {
    this.parts.forEach((part, i) => {
      if (this.outcomes[i] !== undefined || part.requiredOffset === undefined) return;
      const check = part.source?.hasEnoughReplicas(part.requiredOffset) ?? { done: false, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION };
      if (check.done || check.errorCode !== ERRORS.NONE) this.outcomes[i] = check.errorCode;
    });
    return this.outcomes.every((outcome) => outcome !== undefined) ? this.forceComplete() : false;
  }

  onComplete(): void {
    this.respond(this.parts.map((part, i) => ({ ...part.result, errorCode: this.outcomes[i] ?? ERRORS.REQUEST_TIMED_OUT })));
  }
}
