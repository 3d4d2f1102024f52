import type { Op } from '../../../engine/kernel/task';
import { decodeUtf8, encodeUtf8 } from '../../../engine/protocol/utf8';
import type { Stat } from '../../../engine/zookeeper/client/messages';
import { parseInteger } from './illegal-argument';
import { deleteQuota, listQuota, setQuota } from './quota-commands';
import type { ShellSession } from './shell-session';
import { aclText, parseAcls, statLines } from './shell-text';

interface ShellCommand {
  /** Words that it needs, its name included; with fewer nothing happens. */
  readonly words: number;
  run(session: ShellSession, args: readonly string[]): Op<void>;
}

/**
 * The commands that need a connection.
 *
 * Errors: KeeperError, IllegalArgument.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ZooKeeperMain.java processZKCmd
 */
export const SHELL_COMMANDS: Readonly<Record<string, ShellCommand>> = {
  create: { words: 3, run: create },
  delete: { words: 2, run: remove },
  rmr: { words: 2, run: removeRecursively },
  set: { words: 3, run: set },
  get: { words: 2, run: get },
  ls: { words: 2, run: (session, args) => list(session, args, false) },
  ls2: { words: 2, run: (session, args) => list(session, args, true) },
  getAcl: { words: 2, run: getAcl },
  setAcl: { words: 3, run: setAcl },
  stat: { words: 2, run: stat },
  listquota: { words: 2, run: (session, args) => listQuota(session, args[1] as string) },
  setquota: { words: 4, run: setQuota },
  delquota: { words: 2, run: deleteQuota },
  sync: { words: 2, run: sync },
  addauth: { words: 2, run: addAuth },
  close: { words: 1, run: (session) => session.close() },
};

function printStat(session: ShellSession, value: Stat): void {
  for (const line of statLines(value)) session.err(line);
}

function* create(session: ShellSession, args: readonly string[]): Op<void> {
  const flags = flagsOf(args);
  const [path, text, acls] = args.slice(1 + flags.words) as [string, string, string | undefined];
  const acl = args.length === flags.words + 4 ? parseAcls(acls as string, (line) => session.err(line)) : undefined;
  const { ephemeral, sequential } = flags;
  const response = yield* session.request({ op: 'create', path, data: encodeUtf8(text ?? ''), acl, ephemeral, sequential });
  session.err(`Created ${response.name}`);
}

function flagsOf(args: readonly string[]): { words: number; ephemeral: boolean; sequential: boolean } {
  const pair = [args[1], args[2]];
  if (pair.includes('-e') && pair.includes('-s')) return { words: 2, ephemeral: true, sequential: true };
  if (args[1] === '-e') return { words: 1, ephemeral: true, sequential: false };
  if (args[1] === '-s') return { words: 1, ephemeral: false, sequential: true };
  return { words: 0, ephemeral: false, sequential: false };
}

function* remove(session: ShellSession, args: readonly string[]): Op<void> {
  const version = args.length > 2 ? parseInteger(args[2] as string) : -1;
  yield* session.request({ op: 'delete', path: args[1] as string, version });
}

/** Reads the whole subtree, then deletes it from its leaves up. */
function* removeRecursively(session: ShellSession, args: readonly string[]): Op<void> {
  const tree = [args[1] as string];
  for (let at = 0; at < tree.length; at++) {
    const path = tree[at] as string;
    const { children = [] } = yield* session.request({ op: 'getChildren', path });
    for (const child of children) tree.push(`${path}/${child}`);
  }
  for (const path of tree.reverse()) yield* session.request({ op: 'delete', path, version: -1 });
}

function* set(session: ShellSession, args: readonly string[]): Op<void> {
  const version = args.length > 3 ? parseInteger(args[3] as string) : -1;
  const response = yield* session.request({
    op: 'setData',
    path: args[1] as string,
    data: encodeUtf8(args[2] as string),
    version,
  });
  printStat(session, response.stat as Stat);
}

function* get(session: ShellSession, args: readonly string[]): Op<void> {
  const response = yield* session.request({ op: 'getData', path: args[1] as string, watch: args.length > 2 });
  const data = response.data ?? null;
  session.out(data === null ? 'null' : decodeUtf8(data));
  printStat(session, response.stat as Stat);
}

function* list(session: ShellSession, args: readonly string[], withStat: boolean): Op<void> {
  const response = yield* session.request({ op: 'getChildren', path: args[1] as string, watch: args.length > 2 });
  session.out(`[${(response.children ?? []).join(', ')}]`);
  if (withStat) printStat(session, response.stat as Stat);
}

function* getAcl(session: ShellSession, args: readonly string[]): Op<void> {
  const response = yield* session.request({ op: 'getACL', path: args[1] as string });
  for (const acl of response.acl ?? []) session.out(aclText(acl));
}

function* setAcl(session: ShellSession, args: readonly string[]): Op<void> {
  const acl = parseAcls(args[2] as string, (line) => session.err(line));
  const version = args.length > 4 ? parseInteger(args[3] as string) : -1;
  const response = yield* session.request({ op: 'setACL', path: args[1] as string, acl, version });
  printStat(session, response.stat as Stat);
}

function* stat(session: ShellSession, args: readonly string[]): Op<void> {
  const response = yield* session.request({ op: 'exists', path: args[1] as string, watch: args.length > 2 });
  printStat(session, response.stat as Stat);
}

function* sync(session: ShellSession, args: readonly string[]): Op<void> {
  yield* session.request({ op: 'sync', path: args[1] as string });
  session.out('Sync returned 0');
}

function* addAuth(session: ShellSession, args: readonly string[]): Op<void> {
  yield* session.request({ op: 'auth', scheme: args[1] as string, auth: encodeUtf8(args[2] ?? '') });
}
