import type { Op } from '../../../engine/kernel/task';
import { decodeUtf8, encodeUtf8 } from '../../../engine/protocol/utf8';
import { KeeperError } from '../../../engine/zookeeper/client/keeper-error';
import { IllegalArgument, parseInteger } from './illegal-argument';
import type { ShellSession } from './shell-session';

const QUOTA_ROOT = '/zookeeper/quota';
const LIMITS = 'zookeeper_limits';
const STATS = 'zookeeper_stats';

/** Limits or usage of a subtree: -1 is none. */
interface Track {
  readonly count: number;
  readonly bytes: number;
}

const trackText = (track: Track): string => `count=${track.count},bytes=${track.bytes}`;

function parseTrack(data: Uint8Array | null): Track {
  const match = /^count=(-?\d+),bytes=(-?\d+)$/.exec(decodeUtf8(data ?? new Uint8Array(0)));
  return { count: Number(match?.[1] ?? -1), bytes: Number(match?.[2] ?? -1) };
}

/**
 * setquota, listquota and delquota: limits that ZooKeeper keeps as znodes.
 *
 * Simplified: nobody warns when a limit is passed, and the usage stays at zero.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ZooKeeperMain.java createQuota
 */
export function* setQuota(session: ShellSession, args: readonly string[]): Op<void> {
  const [, option, value, path] = args as [string, string, string, string];
  session.err(`Comment: the parts are option ${option} val ${value} path ${path}`);
  if (option === '-b') yield* createQuota(session, path, { count: -1, bytes: parseInteger(value) });
  else if (option === '-n') yield* createQuota(session, path, { count: parseInteger(value), bytes: -1 });
  else session.usage();
}

export function* listQuota(session: ShellSession, path: string): Op<void> {
  const limits = `${QUOTA_ROOT}${path}/${LIMITS}`;
  session.err(`absolute path is ${limits}`);
  const [limit, usage] = [yield* read(session, limits), yield* read(session, `${QUOTA_ROOT}${path}/${STATS}`)];
  if (limit === undefined || usage === undefined) {
    session.err(`quota for ${path} does not exist.`);
    return;
  }
  session.out(`Output quota for ${path} ${trackText(limit)}`);
  session.out(`Output stat for ${path} ${trackText(usage)}`);
}

export function* deleteQuota(session: ShellSession, args: readonly string[]): Op<void> {
  const path = args[args.length === 3 ? 2 : 1] as string;
  const option = args.length === 3 ? args[1] : undefined;
  const limits = `${QUOTA_ROOT}${path}/${LIMITS}`;
  const limit = yield* read(session, limits);
  if (limit === undefined) {
    session.out(`Quota does not exist for ${path}`);
    return;
  }
  if (option === undefined) yield* removeQuota(session, path);
  else if (option === '-b') yield* write(session, limits, { ...limit, bytes: -1 });
  else if (option === '-n') yield* write(session, limits, { ...limit, count: -1 });
}

function* createQuota(session: ShellSession, path: string, track: Track): Op<void> {
  if (!(yield* exists(session, path))) throw new IllegalArgument(`${path} does not exist.`);
  for (const child of yield* childrenOf(session, QUOTA_ROOT + path)) {
    if (!child.startsWith('zookeeper_')) throw new IllegalArgument(`${path} has child ${child} which has a quota`);
  }
  yield* refuseBelowQuota(session, path);
  let below = QUOTA_ROOT;
  for (const name of path.split('/').slice(1)) {
    below += `/${name}`;
    yield* createUnlessThere(session, below, null);
  }
  if (yield* createUnlessThere(session, `${below}/${LIMITS}`, track)) {
    yield* createUnlessThere(session, `${below}/${STATS}`, { count: 0, bytes: 0 });
    return;
  }
  const old = (yield* read(session, `${below}/${LIMITS}`)) as Track;
  yield* write(session, `${below}/${LIMITS}`, {
    count: track.count === -1 ? old.count : track.count,
    bytes: track.bytes === -1 ? old.bytes : track.bytes,
  });
}

function* refuseBelowQuota(session: ShellSession, path: string): Op<void> {
  let quotaPath = QUOTA_ROOT;
  for (const name of path.split('/').filter((each) => each !== '')) {
    quotaPath += `/${name}`;
    const children = yield* childrenOf(session, quotaPath);
    if (children.length === 0) return;
    if (children.includes(LIMITS)) throw new IllegalArgument(`${path} has a parent ${quotaPath} which has a quota`);
  }
}

function* removeQuota(session: ShellSession, path: string): Op<void> {
  const parent = QUOTA_ROOT + path;
  for (const child of yield* childrenOf(session, parent))
    yield* session.request({ op: 'delete', path: `${parent}/${child}`, version: -1 });
  for (let each = parent; each !== QUOTA_ROOT; each = each.slice(0, each.lastIndexOf('/'))) {
    if ((yield* childrenOf(session, each)).length > 0) return;
    yield* session.request({ op: 'delete', path: each, version: -1 });
  }
}

function* exists(session: ShellSession, path: string): Op<boolean> {
  return (yield* unlessMissing(session.request({ op: 'exists', path }))) !== undefined;
}

function* childrenOf(session: ShellSession, path: string): Op<readonly string[]> {
  return (yield* unlessMissing(session.request({ op: 'getChildren', path })))?.children ?? [];
}

function* read(session: ShellSession, path: string): Op<Track | undefined> {
  const response = yield* unlessMissing(session.request({ op: 'getData', path }));
  return response === undefined ? undefined : parseTrack(response.data ?? null);
}

function* write(session: ShellSession, path: string, track: Track): Op<void> {
  yield* session.request({ op: 'setData', path, data: encodeUtf8(trackText(track)), version: -1 });
}

/** True when it was made now. */
function* createUnlessThere(session: ShellSession, path: string, track: Track | null): Op<boolean> {
  try {
    yield* session.request({ op: 'create', path, data: track === null ? null : encodeUtf8(trackText(track)) });
    return true;
  } catch (error) {
    if (error instanceof KeeperError && error.code === 'NodeExists') return false;
    throw error;
  }
}

function* unlessMissing<T>(op: Op<T>): Op<T | undefined> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof KeeperError && error.code === 'NoNode') return undefined;
    throw error;
  }
}
