import type { ServerLog } from './server-log';
import { MAIN_THREAD } from './server-log';

export const VERSION = '3.4.6-1569965, built on 02/20/2014 09:09 GMT';

/** The keys of `Server environment:`, in their order; the host's name comes after the version. */
const ENVIRONMENT_KEYS = [
  'java.version',
  'java.vendor',
  'java.home',
  'java.class.path',
  'java.library.path',
  'java.io.tmpdir',
  'java.compiler',
  'os.name',
  'os.arch',
  'os.version',
  'user.name',
  'user.home',
  'user.dir',
];

export function environmentLines(hostName: string, environment: ReadonlyMap<string, string>): string[] {
  const rows = ENVIRONMENT_KEYS.map((key) => `${key}=${environment.get(key) ?? ''}`);
  return [`zookeeper.version=${VERSION}`, `host.name=${hostName}`, ...rows];
}

export interface StartupFacts {
  readonly configPath: string;
  readonly clientPort: number;
  readonly tickTimeMs: number;
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly snapRetainCount: number;
  readonly purgeIntervalHours: number;
  readonly hostName: string;
  readonly environment: ReadonlyMap<string, string>;
}

/** A step of the start: how long after the one before (us), and what it says. */
export interface StartupStep {
  readonly afterUs: number;
  say(log: ServerLog): void;
}

const PURGE_THREAD = 'PurgeTask';

export function sayPurge(log: ServerLog): void {
  log.info(PURGE_THREAD, 'DatadirCleanupManager$PurgeTask@138', 'Purge task started.');
  log.info(PURGE_THREAD, 'DatadirCleanupManager$PurgeTask@144', 'Purge task completed.');
}

/**
 * What a standalone server says from its first line to the one before it listens.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/quorum/QuorumPeerMain.java, ZooKeeperServerMain.java
 */
export function startupSteps(facts: StartupFacts): StartupStep[] {
  const info = (location: string, message: string) => (log: ServerLog) => log.info(MAIN_THREAD, location, message);
  const reading = info('QuorumPeerConfig@103', `Reading configuration from: ${facts.configPath}`);
  const purge = facts.purgeIntervalHours > 0 ? sayPurge : info('DatadirCleanupManager@101', 'Purge task is not scheduled.');
  const environment = environmentLines(facts.hostName, facts.environment).map((line) => `Server environment:${line}`);
  return [
    { afterUs: 0, say: reading },
    { afterUs: 11_000, say: info('DatadirCleanupManager@78', `autopurge.snapRetainCount set to ${facts.snapRetainCount}`) },
    { afterUs: 0, say: info('DatadirCleanupManager@79', `autopurge.purgeInterval set to ${facts.purgeIntervalHours}`) },
    {
      afterUs: 1000,
      say: (log) =>
        log.warn(
          MAIN_THREAD,
          'QuorumPeerMain@113',
          'Either no config or no quorum defined in config, running  in standalone mode',
        ),
    },
    { afterUs: 1000, say: purge },
    { afterUs: 20_000, say: reading },
    { afterUs: 1000, say: info('ZooKeeperServerMain@95', 'Starting server') },
    { afterUs: 51_000, say: (log) => environment.forEach((line) => log.info(MAIN_THREAD, 'Environment@100', line)) },
    { afterUs: 17_000, say: info('ZooKeeperServer@755', `tickTime set to ${facts.tickTimeMs}`) },
    { afterUs: 0, say: info('ZooKeeperServer@764', `minSessionTimeout set to ${facts.minSessionTimeoutMs}`) },
    { afterUs: 0, say: info('ZooKeeperServer@773', `maxSessionTimeout set to ${facts.maxSessionTimeoutMs}`) },
    { afterUs: 20_000, say: info('NIOServerCnxnFactory@94', `binding to port 0.0.0.0/0.0.0.0:${facts.clientPort}`) },
  ];
}
