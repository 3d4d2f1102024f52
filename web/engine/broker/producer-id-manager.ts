import type { KafkaZkClient } from '../admin/kafka-zk-client';
import { encodeProducerIdBlock, type ProducerIdBlock } from '../admin/zk-json';
import { ZK_PATHS } from '../admin/zk-paths';
import type { Op } from '../kernel/task';
import type { ClassLogger } from './class-logger';

const BLOCK_SIZE = 1000;

/**
 * Gives out producer ids from a block of 1000 that the broker takes from ZooKeeper when it starts, and again when that is used up.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/transaction/ProducerIdManager.scala
 */
export class ProducerIdManager {
  private block: ProducerIdBlock | undefined;
  private nextProducerId = 0;

  constructor(
    private readonly brokerId: number,
    private readonly zk: KafkaZkClient,
    private readonly log: ClassLogger,
  ) {}

  *startup(): Op<void> {
    yield* this.takeBlock();
  }

  *generateProducerId(): Op<number> {
    while (this.block === undefined || this.nextProducerId > this.block.blockEnd) yield* this.takeBlock();
    return this.nextProducerId++;
  }

  shutdown(): void {
    this.log.info(`Shutdown complete: last producerId assigned ${this.nextProducerId}`);
  }

  private *takeBlock(): Op<void> {
    for (;;) {
      const { block, zkVersion } = yield* this.zk.getProducerIdBlock();
      const blockStart = block === undefined ? 0 : block.blockEnd + 1;
      const wanted = { brokerId: this.brokerId, blockStart, blockEnd: blockStart + BLOCK_SIZE - 1 };
      const update = yield* this.zk.conditionalUpdatePath(ZK_PATHS.producerIdBlock, encodeProducerIdBlock(wanted), zkVersion);
      if (!update.succeeded) continue;
      this.block = wanted;
      this.nextProducerId = blockStart;
      this.log.info(
        `Acquired new producerId block (brokerId:${this.brokerId},blockStartProducerId:${blockStart},blockEndProducerId:${wanted.blockEnd}) ` +
          `by writing to Zk with path version ${update.version}`,
      );
      return;
    }
  }
}
