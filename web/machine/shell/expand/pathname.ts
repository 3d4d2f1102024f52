import { COSTS } from '../../os/costs';
import type { Shell } from '../execute/shell';
import type { Piece } from './fields';
import { Pattern, isPattern, quotePattern } from './pattern';

/** A field as a pattern: what was quoted is escaped. */
export function patternOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.quoted ? quotePattern(piece.text) : piece.text)).join('');
}

/** The sorted paths that a field matches; undefined when it is no pattern, empty when nothing matches. */
export function expandPathname(shell: Shell, pieces: readonly Piece[]): string[] | undefined {
  if (!pieces.some((piece) => !piece.quoted && /[*?[(]/.test(piece.text))) return undefined;
  const extended = shell.options.shopt('extglob');
  const text = patternOf(pieces);
  if (!isPattern(text, extended)) return undefined;
  const segments = text.split('/');
  let bases = [''];
  segments.forEach((segment, index) => {
    bases = bases.flatMap((base) => matchSegment(shell, base, segment, { first: index === 0, last: index === segments.length - 1 }));
  });
  return bases.sort();
}

function matchSegment(shell: Shell, base: string, segment: string, place: { first: boolean; last: boolean }): string[] {
  const prefix = place.first ? '' : `${base}/`;
  const extended = shell.options.shopt('extglob');
  if (!isPattern(segment, extended)) {
    const path = prefix + segment.replace(/\\([\s\S])/g, '$1');
    if (place.last && !place.first) return segment === '' ? (isDirectory(shell, `${path}.`) ? [path] : []) : exists(shell, path) ? [path] : [];
    return [path];
  }
  const { files } = shell.process;
  if (segment === '**' && shell.options.shopt('globstar')) return descend(shell, base, place);
  const pattern = new Pattern(segment, { extended, ignoreCase: shell.options.shopt('nocaseglob') });
  const hidden = shell.options.shopt('dotglob') || /^\\?\./.test(segment);
  shell.process.owe(COSTS.systemCallUs * 2);
  const directory = prefix === '' ? '.' : prefix;
  const node = files.tryStat(directory);
  if (node?.kind !== 'directory' || !files.may(node, 'read')) return [];
  const names = files.list(directory);
  return names
    .filter((name) => (hidden || !name.startsWith('.')) && pattern.matches(name))
    .map((name) => prefix + name)
    .filter((path) => place.last || isDirectory(shell, path));
}

/** `**`: everything below, directories only where more follows. */
function descend(shell: Shell, base: string, place: { first: boolean; last: boolean }): string[] {
  const prefix = place.first ? '' : `${base}/`;
  const out: string[] = place.last ? (base === '' ? [] : [prefix]) : [base];
  const visit = (path: string): void => {
    const directory = path === '' ? '.' : path;
    shell.process.owe(COSTS.systemCallUs * 2);
    for (const name of shell.process.files.list(directory)) {
      if (name.startsWith('.') && !shell.options.shopt('dotglob')) continue;
      const child = path + name;
      const node = shell.process.files.tryStat(child, false);
      if (place.last || node?.kind === 'directory') out.push(child);
      if (node?.kind === 'directory') visit(`${child}/`);
    }
  };
  if (isDirectory(shell, prefix === '' ? '.' : prefix)) visit(prefix);
  return out;
}

function exists(shell: Shell, path: string): boolean {
  return shell.process.files.tryStat(path, false) !== undefined;
}

function isDirectory(shell: Shell, path: string): boolean {
  return shell.process.files.tryStat(path)?.kind === 'directory';
}
