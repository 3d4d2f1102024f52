import { committedRecordsStay } from './committed-records-stay';
import type { Invariant } from './invariant';
import { isrWithinReplicas } from './isr-within-replicas';
import { offsetsInOrder } from './offsets-in-order';
import { oneControllerPerEpoch } from './one-controller-per-epoch';
import { oneLeaderPerEpoch } from './one-leader-per-epoch';
import { partitionsAssignedOnce } from './partitions-assigned-once';
import { replicasAgree } from './replicas-agree';

/** All of them, for one run. */
export function newInvariants(): Invariant[] {
  return [
    oneLeaderPerEpoch(),
    oneControllerPerEpoch(),
    offsetsInOrder(),
    isrWithinReplicas(),
    committedRecordsStay(),
    replicasAgree(),
    partitionsAssignedOnce(),
  ];
}
