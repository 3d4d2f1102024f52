import { javaDate } from '../../kernel/java-date';
import type { DataTree } from './data-tree';
import type { ServerConnection } from './server-connection';
import { hex } from './server-log';
import type { ServerStats } from './server-stats';
import type { Session } from './session-tracker';
import { environmentLines, VERSION } from './startup-log';
import type { WatchManager } from './watch-manager';

/** Open files of an idle server, beside one a connection. */
const OPEN_FILES = 16;
const MAX_OPEN_FILES = 1_048_576;

/** What the words look at. */
export interface InspectedServer {
  readonly hostName: string;
  readonly config: {
    readonly clientPort: number;
    readonly tickTimeMs: number;
    readonly maxClientCnxns: number;
    readonly environment: ReadonlyMap<string, string>;
  };
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  /** Where log and snapshots are. */
  readonly dataDirectory: string;
  readonly tree: DataTree;
  readonly sessions: Iterable<Session>;
  readonly connections: ReadonlySet<ServerConnection>;
  readonly outstandingRequests: number;
  readonly stats: ServerStats;
}

type Answer = (server: InspectedServer) => string;

const lines = (...rows: string[]): string => rows.map((row) => `${row}\n`).join('');

/**
 * The text commands of an administrator: `echo ruok | nc zookeeper 2181`.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/NIOServerCnxn.java
 */
const WORDS: Record<string, Answer> = {
  ruok: () => 'imok',
  isro: () => 'rw',
  gtmk: () => '306',
  stat: (server) =>
    lines(`Zookeeper version: ${VERSION}`, 'Clients:', ...[...server.connections].map(brief), '') + summary(server),
  srvr: (server) => lines(`Zookeeper version: ${VERSION}`) + summary(server),
  mntr: monitor,
  conf: configuration,
  cons: (server) => lines(...[...server.connections].map(full), ''),
  envi: (server) => lines('Environment:', ...environmentLines(server.hostName, server.config.environment)),
  dump: dumpSessions,
  wchs: watchSummary,
  wchp: (server) => lines(...byPath(server.tree.dataWatches), ...byPath(server.tree.childWatches), ''),
  wchc: (server) => lines(...bySession(server.tree.dataWatches), ...bySession(server.tree.childWatches), ''),
  srst: (server) => {
    server.stats.reset();
    return lines('Server stats reset.');
  },
  crst: (server) => {
    for (const connection of server.connections) connection.resetCounts();
    return lines('Connection stats reset.');
  },
};

export function isFourLetterWord(word: string): boolean {
  return Object.hasOwn(WORDS, word);
}

export function answerFourLetterWord(server: InspectedServer, word: string): string {
  return (WORDS[word] as Answer)(server);
}

function brief(connection: ServerConnection): string {
  const { received, sent } = connection.counts;
  const interest = connection.sessionId === 0n ? 0 : 1;
  return ` ${connection.remote}[${interest}](queued=${connection.outstanding},recved=${received},sent=${sent})`;
}

function full(connection: ServerConnection): string {
  if (connection.sessionId === 0n) return brief(connection);
  const { counts } = connection;
  const average = counts.responses === 0 ? 0 : Math.floor(counts.totalLatencyMs / counts.responses);
  const cxid = counts.lastCxid >= 0 ? `,lcxid=${hex(counts.lastCxid)}` : '';
  const identity = `sid=${hex(connection.sessionId)},lop=${counts.lastOperation},est=${connection.establishedMs},to=${connection.sessionTimeoutMs}`;
  const last = `lzxid=${hex(Math.max(0, counts.lastZxid))},lresp=${counts.lastResponseMs},llat=${counts.lastLatencyMs}`;
  const latency = `minlat=${counts.minLatencyMs},avglat=${average},maxlat=${counts.maxLatencyMs}`;
  return `${brief(connection).slice(0, -1)},${identity}${cxid},${last},${latency})`;
}

function summary(server: InspectedServer): string {
  const { stats, tree } = server;
  return lines(
    `Latency min/avg/max: ${stats.leastLatencyMs}/${stats.averageLatencyMs}/${stats.maxLatencyMs}`,
    `Received: ${stats.packetsReceived}`,
    `Sent: ${stats.packetsSent}`,
    `Connections: ${server.connections.size}`,
    `Outstanding: ${server.outstandingRequests}`,
    `Zxid: ${hex(tree.lastProcessedZxid)}`,
    'Mode: standalone',
    `Node count: ${tree.nodeCount}`,
  );
}

function monitor(server: InspectedServer): string {
  const { stats, tree } = server;
  const ephemerals = [...tree.sessionsWithEphemerals.values()].reduce((sum, paths) => sum + paths.size, 0);
  const rows: [string, string | number][] = [
    ['version', VERSION],
    ['avg_latency', stats.averageLatencyMs],
    ['max_latency', stats.maxLatencyMs],
    ['min_latency', stats.leastLatencyMs],
    ['packets_received', stats.packetsReceived],
    ['packets_sent', stats.packetsSent],
    ['num_alive_connections', server.connections.size],
    ['outstanding_requests', server.outstandingRequests],
    ['server_state', 'standalone'],
    ['znode_count', tree.nodeCount],
    ['watch_count', tree.watchCount],
    ['ephemerals_count', ephemerals],
    ['approximate_data_size', tree.approximateDataSize],
    ['open_file_descriptor_count', OPEN_FILES + server.connections.size],
    ['max_file_descriptor_count', MAX_OPEN_FILES],
  ];
  return lines(...rows.map(([key, value]) => `zk_${key}\t${value}`));
}

function configuration(server: InspectedServer): string {
  const { config, dataDirectory } = server;
  return lines(
    `clientPort=${config.clientPort}`,
    `dataDir=${dataDirectory}`,
    `dataLogDir=${dataDirectory}`,
    `tickTime=${config.tickTimeMs}`,
    `maxClientCnxns=${config.maxClientCnxns}`,
    `minSessionTimeout=${server.minSessionTimeoutMs}`,
    `maxSessionTimeout=${server.maxSessionTimeoutMs}`,
    'serverId=0',
  );
}

function dumpSessions(server: InspectedServer): string {
  const sets = new Map<number, string[]>();
  for (const { id, expiresMs } of server.sessions) sets.set(expiresMs, [...(sets.get(expiresMs) ?? []), `\t${hex(id)}`]);
  const times = [...sets.keys()].sort((a, b) => a - b);
  const rows = times.flatMap((time) => {
    const ids = sets.get(time) as string[];
    return [`${ids.length} expire at ${javaDate(time)}:`, ...ids];
  });
  const owners = [...server.tree.sessionsWithEphemerals];
  const ephemerals = owners.flatMap(([id, paths]) => [`${hex(id)}:`, ...[...paths].map((path) => `\t${path}`)]);
  const heads = ['SessionTracker dump:', `Session Sets (${times.length}):`];
  return lines(...heads, ...rows, 'ephemeral nodes dump:', `Sessions with Ephemerals (${owners.length}):`, ...ephemerals);
}

function watchSummary(server: InspectedServer): string {
  const { dataWatches, childWatches } = server.tree;
  const connections = new Set([...dataWatches.watchers.keys(), ...childWatches.watchers.keys()]).size;
  const paths = new Set([...dataWatches.paths.keys(), ...childWatches.paths.keys()]).size;
  return lines(`${connections} connections watching ${paths} paths`, `Total watches:${server.tree.watchCount}`, '');
}

function byPath(watches: WatchManager): string[] {
  return [...watches.paths].flatMap(([path, watchers]) => [
    path,
    ...[...watchers].map((each) => `\t${hex((each as ServerConnection).sessionId)}`),
  ]);
}

function bySession(watches: WatchManager): string[] {
  return [...watches.watchers].flatMap(([watcher, paths]) => [
    hex((watcher as ServerConnection).sessionId),
    ...[...paths].map((path) => `\t${path}`),
  ]);
}
