import type { Acl, Stat } from '../../../engine/zookeeper/client/messages';
import { PERMISSIONS } from '../../../engine/zookeeper/client/messages';
import { javaDate } from '../../../engine/kernel/java-date';

/** The commands with their arguments, in the order in which the help lists them. */
export const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['stat', 'path [watch]'],
  ['set', 'path data [version]'],
  ['ls', 'path [watch]'],
  ['delquota', '[-n|-b] path'],
  ['ls2', 'path [watch]'],
  ['setAcl', 'path acl'],
  ['setquota', '-n|-b val path'],
  ['history', ''],
  ['redo', 'cmdno'],
  ['printwatches', 'on|off'],
  ['delete', 'path [version]'],
  ['sync', 'path'],
  ['listquota', 'path'],
  ['rmr', 'path'],
  ['get', 'path [watch]'],
  ['create', '[-s] [-e] path data acl'],
  ['addauth', 'scheme auth'],
  ['quit', ''],
  ['getAcl', 'path'],
  ['close', ''],
  ['connect', 'host:port'],
]);

export function usageLines(): string[] {
  return ['ZooKeeper -server host:port cmd args', ...[...COMMANDS].map(([name, args]) => `\t${name} ${args}`)];
}

export function statLines(stat: Stat): string[] {
  return [
    `cZxid = 0x${stat.czxid.toString(16)}`,
    `ctime = ${javaDate(stat.ctimeMs)}`,
    `mZxid = 0x${stat.mzxid.toString(16)}`,
    `mtime = ${javaDate(stat.mtimeMs)}`,
    `pZxid = 0x${stat.pzxid.toString(16)}`,
    `cversion = ${stat.cversion}`,
    `dataVersion = ${stat.version}`,
    `aclVersion = ${stat.aversion}`,
    `ephemeralOwner = 0x${stat.ephemeralOwner.toString(16)}`,
    `dataLength = ${stat.dataLength}`,
    `numChildren = ${stat.numChildren}`,
  ];
}

const LETTERS: readonly (readonly [string, number])[] = [
  ['c', PERMISSIONS.create],
  ['d', PERMISSIONS.delete],
  ['r', PERMISSIONS.read],
  ['w', PERMISSIONS.write],
  ['a', PERMISSIONS.admin],
];

/** `'world,'anyone` and, on a line of its own, `: cdrwa`. */
export function aclText(acl: Acl): string {
  const letters = LETTERS.filter(([, bit]) => (acl.perms & bit) !== 0).map(([letter]) => letter);
  return `'${acl.scheme},'${acl.id}\n: ${letters.join('')}`;
}

/** `world:anyone:cdrwa,...`; what has not that form is complained about and left out. */
export function parseAcls(text: string, complain: (line: string) => void): Acl[] {
  return text.split(',').flatMap((each) => {
    const first = each.indexOf(':');
    const last = each.lastIndexOf(':');
    if (first < 0 || first === last) {
      complain(`${each} does not have the form scheme:id:perm`);
      return [];
    }
    return [
      { scheme: each.slice(0, first), id: each.slice(first + 1, last), perms: parsePermissions(each.slice(last + 1), complain) },
    ];
  });
}

function parsePermissions(text: string, complain: (line: string) => void): number {
  let perms = 0;
  for (const letter of text) {
    const bit = LETTERS.find(([each]) => each === letter)?.[1];
    if (bit === undefined) complain(`Unknown perm type: ${letter}`);
    else perms |= bit;
  }
  return perms;
}
