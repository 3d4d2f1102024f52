import type { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';
import { controllerId, registeredBrokers } from '../znodes';
import type { ZooKeeperSnapshot } from '../snapshot';

const BROKER_PATH = /^\/brokers\/ids\/(\d+)$/;

export function zooKeeperSnapshot(server: ZooKeeperServer, host: string, startDateMs: number, clientLabel: (host: string) => string): ZooKeeperSnapshot {
  const { tree } = server;
  return {
    host,
    port: server.config.clientPort,
    running: true,
    sessions: [...server.sessions].map((session) => {
      const brokerId = brokerOf(tree.ephemeralsOf(session.id));
      const connection = server.connectionOf(session.id);
      return {
        id: `0x${session.id.toString(16)}`,
        owner: brokerId === null ? clientLabel(connection?.endpoint.peerHost.name ?? '') : `broker ${brokerId}`,
        brokerId,
        timeoutMs: session.timeoutMs,
        expiresUs: (session.expiresMs - startDateMs) * 1000,
        connected: connection !== undefined,
      };
    }),
    brokerIds: registeredBrokers(tree),
    controllerId: controllerId(tree),
    znodeCount: tree.nodeCount,
  };
}

function brokerOf(ephemerals: readonly string[]): number | null {
  for (const path of ephemerals) {
    const id = BROKER_PATH.exec(path)?.[1];
    if (id !== undefined) return Number(id);
  }
  return null;
}
