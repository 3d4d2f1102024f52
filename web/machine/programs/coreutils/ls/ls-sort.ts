import type { Options } from '../../lib/getopt';
import { sizeOf } from '../../lib/file-mode';
import { byVersion } from '../../lib/sort-keys';
import type { Entry } from './ls-entry';

function extension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

type Compare = (a: Entry, b: Entry) => number;

function orderOf(options: Options): Compare | undefined {
  const word = options.value('sort');
  const letter = options.last('t', 'S', 'v', 'X', 'U', 'f', 'sort', 'c', 'u');
  const kind = letter === 'sort' ? ({ time: 't', size: 'S', version: 'v', extension: 'X', none: 'U' } as Readonly<Record<string, string>>)[word ?? ''] : letter;
  switch (kind) {
    case 't':
      return (a, b) => b.node.mtimeMs - a.node.mtimeMs || byName(a, b);
    case 'S':
      return (a, b) => sizeOf(b.node) - sizeOf(a.node) || byName(a, b);
    case 'v':
      return (a, b) => byVersion(a.name, b.name) || byName(a, b);
    case 'X': {
      const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
      return (a, b) => compare(extension(a.name), extension(b.name)) || byName(a, b);
    }
    case 'U':
    case 'f':
      return undefined;
    default:
      return byName;
  }
}

/** In the order that the options ask for. */
export function sortEntries(options: Options, entries: readonly Entry[]): Entry[] {
  const compare = orderOf(options);
  const sorted = [...entries];
  if (compare !== undefined) {
    sorted.sort(compare);
    if (options.has('r')) sorted.reverse();
  }
  if (options.has('group-directories-first')) sorted.sort((a, b) => Number(b.node.kind === 'directory') - Number(a.node.kind === 'directory'));
  return sorted;
}
