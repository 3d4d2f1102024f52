import type { Op } from '../kernel/task';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import { KeeperError } from '../zookeeper/client/keeper-error';
import type { Stat, ZkResponse } from '../zookeeper/client/messages';
import { kafkaException } from './admin-errors';
import {
  type BrokerRegistration,
  decodeBroker,
  decodeClusterId,
  decodeController,
  encodeBroker,
  encodeClusterId,
  encodeController,
} from './zk-json';
import { requireCode, ZkOperations } from './zk-operations';
import { brokerIdPath, PERSISTENT_PATHS, ZK_PATHS } from './zk-paths';

/** Brokers, the controller and the cluster's id in ZooKeeper. */
export abstract class ZkClusterClient extends ZkOperations {
  *createTopLevelPaths(): Op<void> {
    for (const path of PERSISTENT_PATHS) yield* this.makeSurePersistentPathExists(path);
  }

  /** Throws KeeperError NodeExists while another session holds the id. */
  *registerBroker(broker: BrokerRegistration): Op<void> {
    const path = brokerIdPath(broker.id);
    yield* this.checkedEphemeralCreate(path, encodeBroker(broker));
    this.log('INFO', `Registered broker ${broker.id} at path ${path} with addresses: ${endPointsText(broker)}`);
  }

  *getSortedBrokerList(): Op<number[]> {
    const names = yield* this.getChildren(ZK_PATHS.brokerIds);
    return names.map(Number).sort((a, b) => a - b);
  }

  /** By id; those that left between the two questions are missing. */
  *getAllBrokersInCluster(): Op<BrokerRegistration[]> {
    const ids = yield* this.getSortedBrokerList();
    const responses = yield* this.askAll(ids.map((id) => ({ op: 'getData', path: brokerIdPath(id) })));
    return ids.flatMap((id, index) => {
      const response = responses[index] as ZkResponse;
      requireCode(response, brokerIdPath(id), 'NoNode');
      return response.code === 'Ok' ? [decodeBroker(id, response.data ?? null)] : [];
    });
  }

  *getBroker(brokerId: number): Op<BrokerRegistration | undefined> {
    const found = yield* this.getDataAndStat(brokerIdPath(brokerId));
    return found === undefined ? undefined : decodeBroker(brokerId, found.data);
  }

  /** 1, 2, 3, ... over all brokers that ever asked. */
  *generateBrokerSequenceId(): Op<number> {
    const path = ZK_PATHS.brokerSequenceId;
    const response = yield* this.ask({ op: 'setData', path, data: new Uint8Array(0), version: -1 });
    requireCode(response, path, 'NoNode');
    if (response.stat !== undefined) return response.stat.version;
    yield* this.createRecursive(path, new Uint8Array(0), { throwIfPathExists: false });
    return yield* this.generateBrokerSequenceId();
  }

  *getClusterId(): Op<string | undefined> {
    const found = yield* this.getDataAndStat(ZK_PATHS.clusterId);
    return found === undefined ? undefined : decodeClusterId(found.data);
  }

  /** The id that the cluster has: the proposed one, or that of a broker which came first. */
  *createOrGetClusterId(proposed: string): Op<string> {
    try {
      yield* this.createRecursive(ZK_PATHS.clusterId, encodeClusterId(proposed));
      return proposed;
    } catch (error) {
      if (!(error instanceof KeeperError) || error.code !== 'NodeExists') throw error;
      const id = yield* this.getClusterId();
      if (id !== undefined) return id;
      throw kafkaException('Failed to get cluster id from Zookeeper. This can happen if /cluster/id is deleted from Zookeeper.');
    }
  }

  /** Throws KeeperError NodeExists when another broker is the controller. */
  *registerController(brokerId: number, timestampMs: number): Op<void> {
    yield* this.checkedEphemeralCreate(ZK_PATHS.controller, encodeController(brokerId, timestampMs));
  }

  *getControllerId(): Op<number | undefined> {
    const found = yield* this.getDataAndStat(ZK_PATHS.controller);
    return found === undefined ? undefined : decodeController(found.data);
  }

  *deleteController(): Op<void> {
    yield* this.ask({ op: 'delete', path: ZK_PATHS.controller, version: -1 });
  }

  *getControllerEpoch(): Op<{ epoch: number; stat: Stat } | undefined> {
    const found = yield* this.getDataAndStat(ZK_PATHS.controllerEpoch);
    return found === undefined ? undefined : { epoch: Number(decodeUtf8(found.data ?? new Uint8Array(0))), stat: found.stat };
  }

  /** The answer tells: BadVersion, NoNode, or the new version. */
  *setControllerEpochRaw(epoch: number, expectedVersion: number): Op<ZkResponse> {
    return yield* this.ask({
      op: 'setData',
      path: ZK_PATHS.controllerEpoch,
      data: encodeUtf8(String(epoch)),
      version: expectedVersion,
    });
  }

  *createControllerEpochRaw(epoch: number): Op<ZkResponse> {
    return yield* this.ask({ op: 'create', path: ZK_PATHS.controllerEpoch, data: encodeUtf8(String(epoch)) });
  }
}

/** `ArrayBuffer(EndPoint(kafka,9092,ListenerName(PLAINTEXT),PLAINTEXT))`. */
function endPointsText(broker: BrokerRegistration): string {
  const each = broker.endPoints.map(
    ({ host, port, listenerName, securityProtocol }) =>
      `EndPoint(${host},${port},ListenerName(${listenerName}),${securityProtocol})`,
  );
  return `ArrayBuffer(${each.join(', ')})`;
}
