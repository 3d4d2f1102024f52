import { type Invariant, liveBrokers } from './invariant';

/** A controller epoch belongs to one broker. */
export function oneControllerPerEpoch(): Invariant {
  const controllers = new Map<number, number>();
  return {
    name: 'one controller per epoch',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        const epoch = broker.controller?.isActive === true ? broker.controller.epoch : 0;
        if (epoch === 0) continue;
        const known = controllers.get(epoch);
        if (known === undefined) controllers.set(epoch, broker.brokerId);
        else if (known !== broker.brokerId && broker.controller?.isReady === true) return `both ${known} and ${broker.brokerId} are the controller of epoch ${epoch}`;
      }
      return undefined;
    },
  };
}
