import { traceEvent } from '../../kernel/trace';

export const controllerElected = traceEvent<{ readonly brokerId: number; readonly epoch: number }>('controller.elected');
/** `leader` is -1 when nobody could be elected. */
export const leaderElected = traceEvent<{
  readonly topic: string;
  readonly partition: number;
  readonly leader: number;
  readonly previousLeader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
}>('leader.elected');
export const topicCreated = traceEvent<{ readonly topic: string; readonly partitions: number }>('topic.created');
export const topicDeleted = traceEvent<{ readonly topic: string }>('topic.deleted');
/** The controller noticed that a broker is gone. */
export const brokerLost = traceEvent<{ readonly brokerId: number }>('broker.lost');
