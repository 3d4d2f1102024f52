import { ERRORS } from '../../protocol/errors';
import type { TopicErrorsResponse } from '../../protocol/messages';
import { DelayedOperation } from '../replica/delayed-operation';

export type TopicResult = TopicErrorsResponse['topics'][number];

/**
 * Waits until what was done to topics has reached this broker: leaders are known, or the topic is gone.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedCreatePartitions.scala, DelayedDeleteTopics.scala
 */
export class DelayedTopicOperation extends DelayedOperation {
  constructor(
    timeoutMs: number,
    private readonly results: readonly TopicResult[],
    private readonly isDone: (topic: string) => boolean,
    private readonly respond: (results: TopicResult[]) => void,
  ) {
    super(timeoutMs);
  }

  private isPending(result: TopicResult): boolean {
    return result.errorCode === ERRORS.NONE && !this.isDone(result.topic);
  }

  tryComplete(): boolean {
    return this.results.some((result) => this.isPending(result)) ? false : this.forceComplete();
  }

  onComplete(): void {
    this.respond(this.results.map((result) => (this.isPending(result) ? { ...result, errorCode: ERRORS.REQUEST_TIMED_OUT, errorMessage: null } : result)));
  }
}
