import type { BrokerRegistration } from '../../admin/zk-json';
import { ZK_PATHS } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import { Future } from '../../kernel/waitables';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
import type { ClassLogger } from '../class-logger';
import type { ControllerEnvironment } from './controller-environment';
import { ControllerMovedError } from './controller-epoch';

const NOBODY = -1;

/** What an election sets off. */
export interface ElectionHooks {
  registration(): BrokerRegistration;
  /** To be done in its turn. */
  enqueue(name: string, process: () => Op<void>): void;
  clearQueueAndPut(name: string, process: () => Op<void>): void;
  onWon(): Op<void>;
  onLost(): void;
}

/**
 * Which broker is the controller: the one that made the znode `/controller`, which goes with its session.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala elect, maybeResign
 */
export class ControllerElection {
  private activeControllerId = NOBODY;

  constructor(
    private readonly env: ControllerEnvironment,
    private readonly log: ClassLogger,
    private readonly hooks: ElectionHooks,
  ) {}

  /** Whether this broker is the controller, as far as it knows. */
  get isWon(): boolean {
    return this.activeControllerId === this.env.brokerId;
  }

  startup(): void {
    this.env.zk.client.registerStateChangeHandler({
      name: 'controller-state-change-handler',
      beforeInitializingSession: () => this.onSessionExpired(),
      afterInitializingSession: () => this.hooks.enqueue('RegisterBrokerAndReelect', () => this.registerBrokerAndReelect()),
    });
    this.hooks.enqueue('Startup', () => this.processStartup());
  }

  private *processStartup(): Op<void> {
    yield* this.watchController();
    yield* this.elect();
  }

  private *onSessionExpired(): Op<void> {
    const processed = new Future<void>();
    this.hooks.clearQueueAndPut('Expire', () => this.expire(processed));
    yield* processed.wait();
  }

  // eslint-disable-next-line require-yield -- an event, which may wait
  private *expire(processed: Future<void>): Op<void> {
    processed.resolve(undefined);
    this.activeControllerId = NOBODY;
    this.hooks.onLost();
  }

  private *registerBrokerAndReelect(): Op<void> {
    try {
      yield* this.env.zk.registerBroker(this.hooks.registration());
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      this.log.error('Error processing event RegisterBrokerAndReelect', `${error.javaClass}: ${error.message}`);
      return;
    }
    yield* this.reelect();
  }

  private *watchController(): Op<void> {
    yield* this.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.controller,
      handleCreation: () => this.hooks.enqueue('ControllerChange', () => this.maybeResign()),
      handleDeletion: () => this.hooks.enqueue('Reelect', () => this.reelect()),
      handleDataChange: () => this.hooks.enqueue('ControllerChange', () => this.maybeResign()),
    });
  }

  private *maybeResign(): Op<void> {
    const hadWon = this.isWon;
    yield* this.watchController();
    this.activeControllerId = (yield* this.env.zk.getControllerId()) ?? NOBODY;
    if (hadWon && !this.isWon) this.hooks.onLost();
  }

  private *reelect(): Op<void> {
    yield* this.maybeResign();
    yield* this.elect();
  }

  private *elect(): Op<void> {
    const { zk, brokerId, sim } = this.env;
    const timestampMs = sim.dateMs();
    this.activeControllerId = (yield* zk.getControllerId()) ?? NOBODY;
    if (this.activeControllerId !== NOBODY) {
      this.log.debug(`Broker ${this.activeControllerId} has been elected as the controller, so stopping the election process.`);
      return;
    }
    try {
      yield* zk.registerController(brokerId, timestampMs);
      this.log.info(`${brokerId} successfully elected as the controller`);
      this.activeControllerId = brokerId;
      yield* this.hooks.onWon();
    } catch (error) {
      if (error instanceof KeeperError && error.code === 'NodeExists') yield* this.lostElection();
      else if (error instanceof KeeperError || error instanceof ZooKeeperClientError || error instanceof ControllerMovedError) yield* this.triggerControllerMove(error);
      else throw error;
    }
  }

  private *lostElection(): Op<void> {
    this.activeControllerId = (yield* this.env.zk.getControllerId()) ?? NOBODY;
    if (this.activeControllerId !== NOBODY) this.log.debug(`Broker ${this.activeControllerId} was elected as controller instead of broker ${this.env.brokerId}`);
    else this.log.warn('A controller has been elected but just resigned, this will result in another round of election');
  }

  private *triggerControllerMove(error: Error): Op<void> {
    this.log.error(`Error while electing or becoming controller on broker ${this.env.brokerId}`, `${error.message}`);
    this.hooks.onLost();
    this.activeControllerId = NOBODY;
    yield* this.env.zk.deleteController();
  }
}
