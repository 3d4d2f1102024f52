import type { KafkaZkClient } from '../admin/kafka-zk-client';
import type { KafkaConfig } from '../config/kafka-config';
import type { Simulation } from '../kernel/simulation';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import type { Host } from '../network/host';
import { ERRORS, errorForCode } from '../protocol/errors';
import { type Node, topicPartitionName } from '../protocol/messages';
import type { BrokerTasks } from './broker-tasks';
import { KeeperError } from '../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../zookeeper/client/zookeeper-client-error';
import type { ClassLogger } from './class-logger';
import { BrokerChannel, BrokerConnectionError } from './network/broker-channel';

const CONTROLLED_SHUTDOWN_VERSION = 1;

export interface ControlledShutdownEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly tasks: BrokerTasks;
  readonly zk: KafkaZkClient;
  readonly config: KafkaConfig;
  readonly brokerId: number;
}

/**
 * Asks the controller to move this broker's leaders elsewhere before it goes. A session that ZooKeeper has expired is only logged.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala controlledShutdown
 */
export function* controlledShutdown(env: ControlledShutdownEnvironment, log: ClassLogger): Op<void> {
  try {
    yield* moveLeadersAway(env, log);
  } catch (error) {
    if (!(error instanceof KeeperError) && !(error instanceof ZooKeeperClientError)) throw error;
    log.swallowed(error.message, `${error.javaClass}: ${error.message}`);
  }
}

function* moveLeadersAway(env: ControlledShutdownEnvironment, log: ClassLogger): Op<void> {
  log.info('Starting controlled shutdown');
  const { config, sim } = env;
  for (let retries = config.number('controlled.shutdown.max.retries'); retries > 0; retries--) {
    const controller = yield* findController(env, log);
    if (controller !== undefined && (yield* ask(env, controller, log))) return;
    yield* sleep(sim, config.number('controlled.shutdown.retry.backoff.ms') * 1000);
    log.warn('Retrying controlled shutdown after the previous attempt failed...');
  }
  log.warn('Proceeding to do an unclean shutdown as all the controlled shutdown attempts failed');
}

function* findController(env: ControlledShutdownEnvironment, log: ClassLogger): Op<Node | undefined> {
  const controllerId = yield* env.zk.getControllerId();
  if (controllerId === undefined) {
    log.info('No controller registered in ZooKeeper');
    return undefined;
  }
  const broker = yield* env.zk.getBroker(controllerId);
  const endPoint = broker?.endPoints.find((each) => each.listenerName === env.config.interBrokerListenerName);
  if (broker === undefined || endPoint === undefined) {
    log.info(`Broker registration for controller ${controllerId} is not available (i.e. the Controller's ZK session expired)`);
    return undefined;
  }
  return { id: broker.id, host: endPoint.host, port: endPoint.port, rack: broker.rack };
}

function* ask(env: ControlledShutdownEnvironment, controller: Node, log: ClassLogger): Op<boolean> {
  const channel = new BrokerChannel(env, controller, String(env.brokerId), env.config.number('controller.socket.timeout.ms'));
  try {
    yield* channel.awaitReady();
    const response = yield* channel.send('ControlledShutdown', CONTROLLED_SHUTDOWN_VERSION, { brokerId: env.brokerId });
    if (response.errorCode === ERRORS.NONE && response.partitionsRemaining.length === 0) {
      log.info('Controlled shutdown succeeded');
      return true;
    }
    log.info(`Remaining partitions to move: ${response.partitionsRemaining.map(topicPartitionName).join(',')}`);
    log.info(`Error from controller: ${errorForCode(response.errorCode).name}`);
    return false;
  } catch (error) {
    if (!(error instanceof BrokerConnectionError)) throw error;
    log.warn(
      'Error during controlled shutdown, possibly because leader movement took longer than the configured controller.socket.timeout.ms ' +
        `and/or request.timeout.ms: ${error.message}`,
    );
    return false;
  } finally {
    channel.close();
  }
}
