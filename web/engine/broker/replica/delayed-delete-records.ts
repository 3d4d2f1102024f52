import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { DelayedOperation } from './delayed-operation';
import type { Partition } from './partition';

export interface DeleteRecordsResult {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: ErrorCode;
  readonly lowWatermark: number;
}

export interface PendingDelete {
  readonly result: DeleteRecordsResult;
  readonly requiredOffset: number | undefined;
  readonly source: Partition | undefined;
}

/**
 * Waits until every live replica of each partition has dropped the records.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedDeleteRecords.scala
 */
export class DelayedDeleteRecords extends DelayedOperation {
  private readonly outcomes: (DeleteRecordsResult | undefined)[];

  constructor(
    timeoutMs: number,
    private readonly parts: readonly PendingDelete[],
    private readonly respond: (results: DeleteRecordsResult[]) => void,
  ) {
    super(timeoutMs);
    this.outcomes = parts.map((part) => (part.requiredOffset === undefined ? part.result : undefined));
  }

  tryComplete(): boolean {
    this.parts.forEach((part, i) => {
      if (this.outcomes[i] !== undefined) return;
      if (part.source?.isLeader !== true) this.outcomes[i] = { ...part.result, errorCode: ERRORS.NOT_LEADER_FOR_PARTITION, lowWatermark: -1 };
      else if (part.source.lowWatermark >= (part.requiredOffset ?? 0)) {
        this.outcomes[i] = { ...part.result, errorCode: ERRORS.NONE, lowWatermark: part.source.lowWatermark };
      }
    });
    return this.outcomes.every((outcome) => outcome !== undefined) ? this.forceComplete() : false;
  }

  onComplete(): void {
    this.respond(this.parts.map((part, i) => this.outcomes[i] ?? { ...part.result, errorCode: ERRORS.REQUEST_TIMED_OUT }));
  }
}
