import type { RecordBatch } from '../../protocol/record-batch';
import type { AppendFailure, CompletedTxn, ProducerAppendInfo } from './producer-append-info';
import type { BatchMetadata } from './producer-state-entry';
import type { ProducerStateManager } from './producer-state-manager';

/** What an append means for the producers it comes from; nothing is changed yet. */
export interface ProducerCheck {
  readonly failure?: AppendFailure;
  /** The batch that was written before in the place of this one. */
  readonly duplicate?: BatchMetadata;
  readonly updated: readonly ProducerAppendInfo[];
  readonly completed: readonly CompletedTxn[];
}

const NO_PRODUCERS: ProducerCheck = { updated: [], completed: [] };

/**
 * Looks for repeated batches, gaps and old epochs. Batches without producer id pass.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala analyzeAndValidateProducerState
 */
export function checkProducers(state: ProducerStateManager, batches: readonly RecordBatch[], isFromClient: boolean): ProducerCheck {
  let updated: Map<number, ProducerAppendInfo> | undefined;
  const completed: CompletedTxn[] = [];
  for (const batch of batches) {
    if (batch.producerId < 0) continue;
    const duplicate = isFromClient ? state.lastEntry(batch.producerId)?.findDuplicate(batch) : undefined;
    if (duplicate !== undefined) return { ...NO_PRODUCERS, duplicate };
    updated ??= new Map();
    let info = updated.get(batch.producerId);
    if (info === undefined) {
      info = state.prepareUpdate(batch.producerId, isFromClient);
      updated.set(batch.producerId, info);
    }
    const outcome = info.append(batch);
    if (outcome === undefined) continue;
    if ('errorCode' in outcome) return { ...NO_PRODUCERS, failure: outcome };
    completed.push(outcome);
  }
  return updated === undefined ? NO_PRODUCERS : { updated: [...updated.values()], completed };
}
