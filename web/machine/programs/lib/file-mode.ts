import type { FileNode } from '../../os/file-node';

const TYPES = { directory: 'd', regular: '-', symlink: 'l', device: 'c', fifo: 'p' } as const;
const TYPE_BITS = { directory: 0o040000, regular: 0o100000, symlink: 0o120000, device: 0o020000, fifo: 0o010000 } as const;

/** `drwxr-xr-x`. */
export function modeText(node: FileNode): string {
  const { mode } = node;
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const execute = (bits & 1) !== 0;
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'}`;
  };
  return TYPES[node.kind] + triple(6, (mode & 0o4000) !== 0, 's') + triple(3, (mode & 0o2000) !== 0, 's') + triple(0, (mode & 0o1000) !== 0, 't');
}

/** st_mode as Linux has it. */
export function rawMode(node: FileNode): number {
  return TYPE_BITS[node.kind] | node.mode;
}

/** What `ls -l` and `stat` show as size. */
export function sizeOf(node: FileNode): number {
  if (node.kind === 'regular') return node.sizeInBytes;
  if (node.kind === 'directory') return 4096;
  return node.kind === 'symlink' ? node.target.length : 0;
}

/** 512-byte blocks, whole pages of 4 kB. */
export function blocksOf(node: FileNode): number {
  if (node.kind === 'directory') return 8;
  return node.kind === 'regular' ? Math.ceil(node.writtenBytes / 4096) * 8 : 0;
}

export function linksOf(node: FileNode): number {
  if (node.kind === 'regular') return node.links;
  if (node.kind !== 'directory') return 1;
  let count = 2;
  for (const child of node.entries.values()) if (child.kind === 'directory') count += 1;
  return count;
}

/** What a mode such as `u+x,go-w` or `755` makes of an old one; undefined when it is no mode. `umask` counts where nobody is named. */
export function changedMode(text: string, old: { mode: number; isDirectory: boolean; umask: number }): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const mode = parseInt(text, 8);
    return mode > 0o7777 ? undefined : old.isDirectory && text.length < 5 ? mode | (old.mode & 0o6000) : mode;
  }
  let { mode } = old;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (match === null) return undefined;
    for (const action of (match[2] as string).matchAll(/([-+=])([rwxXst]*|[ugo])/g)) {
      mode = applyClause(mode, { who: match[1] as string, operator: action[1] as string, what: action[2] as string }, old);
    }
  }
  return mode;
}

function applyClause(mode: number, clause: { who: string; operator: string; what: string }, old: { isDirectory: boolean; umask: number }): number {
  const { who, operator, what } = clause;
  const everybody = who === '' || who.includes('a');
  let affected = 0;
  if (everybody || who.includes('u')) affected |= 0o4700;
  if (everybody || who.includes('g')) affected |= 0o2070;
  if (everybody || who.includes('o')) affected |= 0o1007;
  let bits = 0;
  const copied = 'ugo'.includes(what) && what.length === 1 ? (mode >> (what === 'u' ? 6 : what === 'g' ? 3 : 0)) & 7 : undefined;
  if (copied !== undefined) bits = copied * 0o111;
  else {
    if (what.includes('r')) bits |= 0o444;
    if (what.includes('w')) bits |= 0o222;
    if (what.includes('x') || (what.includes('X') && (old.isDirectory || (mode & 0o111) !== 0))) bits |= 0o111;
    if (what.includes('s')) bits |= 0o6000;
    if (what.includes('t')) bits |= 0o1000;
  }
  bits &= affected;
  if (who === '') bits &= ~old.umask;
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  return (mode & ~(affected & 0o777)) | bits;
}
