import type { Op } from '../../../../engine/kernel/task';
import { bytesToText } from '../../lib/byte-text';
import type { GnuTool } from '../../lib/gnu-tool';
import { globMatches } from '../../lib/glob';
import { quoteName } from '../../lib/quoting';
import { FileError } from '../../../os/file-error';
import { Pattern } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';
import { warningsFor } from './grep-warnings';

/** What grep was asked to do. */
export interface GrepSettings {
  readonly patterns: readonly Pattern[];
  readonly files: readonly string[];
  readonly perl: boolean;
  readonly invert: boolean;
  readonly count: boolean;
  readonly list: 'matching' | 'without' | undefined;
  readonly quiet: boolean;
  readonly silent: boolean;
  readonly lineNumbers: boolean;
  readonly byteOffsets: boolean;
  readonly names: boolean;
  readonly onlyMatching: boolean;
  readonly maxCount: number;
  readonly before: number;
  readonly after: number;
  readonly grouped: boolean;
  readonly separator: string | undefined;
  readonly recursive: boolean;
  readonly followLinks: boolean;
  readonly skipDirectories: boolean;
  readonly color: boolean;
  readonly zero: boolean;
  readonly nullAfterName: boolean;
  readonly initialTab: boolean;
  readonly label: string;
  readonly binary: 'text' | 'report' | 'skip';
  wantsFile(path: string): boolean;
  wantsDirectory(path: string, given: boolean): boolean;
}

export function* settingsOf(tool: GnuTool, defaultSyntax: 'basic' | 'extended' | 'fixed'): Op<GrepSettings> {
  const { options } = tool;
  const recursive = options.has('r', 'R') || options.value('d') === 'recurse';
  const { sources, files } = yield* patternSources(tool);
  const chosen = options.last('E', 'F', 'G', 'P');
  const syntax = chosen === undefined ? defaultSyntax : ({ E: 'extended', F: 'fixed', G: 'basic', P: 'perl' } as const)[chosen as 'E' | 'F' | 'G' | 'P'];
  if (syntax === 'extended') for (const warning of sources.flatMap(warningsFor)) yield* tool.complain(`warning: ${warning}`, 0);
  if (syntax === 'basic' || syntax === 'extended') for (const source of sources) refuseBareClass(tool, source);
  const whole = options.has('x') ? 'line' : options.has('w') ? 'word' : undefined;
  const ignoreCase = options.last('i', 'y', 'no-ignore-case') !== undefined && options.last('i', 'y', 'no-ignore-case') !== 'no-ignore-case';
  const patterns = sources.map((source) => compile(tool, source, { syntax, ignoreCase, whole }));
  const context = contextOf(tool);
  const color = options.value('color') ?? (options.has('color') ? 'auto' : 'never');
  if (!['always', 'yes', 'force', 'never', 'no', 'none', 'auto', 'tty', 'if-tty'].includes(color)) tool.usageError(`invalid argument for --color`);
  const filters = globFilters(tool);
  return {
    patterns,
    files,
    perl: syntax === 'perl',
    invert: options.has('v'),
    count: options.has('c'),
    list: options.has('l', 'L') ? (options.last('l', 'L') === 'l' ? 'matching' : 'without') : undefined,
    quiet: options.has('q'),
    silent: options.has('s'),
    lineNumbers: options.has('n'),
    byteOffsets: options.has('b'),
    names: options.last('H', 'h') === undefined ? files.length > 1 || recursive : options.last('H', 'h') === 'H',
    onlyMatching: options.has('o'),
    maxCount: maxCountOf(tool),
    ...(options.has('o') ? { before: 0, after: 0 } : context),
    grouped: options.has('A', 'B', 'C', '#') && !options.has('o'),
    separator: options.has('no-group-separator') ? undefined : (options.value('group-separator') ?? '--'),
    recursive,
    followLinks: options.has('R'),
    skipDirectories: options.value('d') === 'skip',
    color: ['always', 'yes', 'force'].includes(color) || (['auto', 'tty', 'if-tty'].includes(color) && tool.process.isTerminal(1) && (tool.process.env.get('TERM') ?? 'dumb') !== 'dumb'),
    zero: options.has('z'),
    nullAfterName: options.has('Z'),
    initialTab: options.has('T'),
    label: options.value('label') ?? '(standard input)',
    binary: options.has('a') || options.value('binary-files') === 'text' ? 'text' : options.has('I') || options.value('binary-files') === 'without-match' ? 'skip' : 'report',
    ...filters,
  };
}

/** `[:space:]` where `[[:space:]]` was meant. */
function refuseBareClass(tool: GnuTool, source: string): void {
  const match = /^(?:[^[\\]|\\.)*\[:([^\]]*):\]/s.exec(source);
  if (match !== null) tool.fail('character class syntax is [[:space:]], not [:space:]');
}

function compile(tool: GnuTool, source: string, options: Parameters<typeof Pattern.compile>[1]): Pattern {
  try {
    return Pattern.compile(source, options);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return tool.fail(error.message === 'Unmatched [, [^, [:, [., or [=' && source.endsWith('[') ? 'Invalid regular expression' : error.message);
  }
}

function* patternSources(tool: GnuTool): Op<{ sources: string[]; files: readonly string[] }> {
  const { options, operands } = tool;
  const texts: string[] = options.values('e');
  for (const file of options.values('f')) {
    try {
      const fd = tool.open(file);
      const content = bytesToText(yield* tool.readAll(fd));
      tool.close(fd);
      if (content !== '') texts.push(content.replace(/\n$/, ''));
    } catch (error) {
      if (error instanceof FileError) tool.fail(`${quoteName(file)}: ${error.message}`);
      throw error;
    }
  }
  const given = options.has('e', 'f');
  if (!given && operands.length === 0) tool.usageError('');
  if (!given) texts.push(operands[0] as string);
  return { sources: texts.flatMap((text) => text.split('\n')), files: given ? operands : operands.slice(1) };
}

function contextOf(tool: GnuTool): { before: number; after: number } {
  const length = (key: string): number | undefined => {
    const text = tool.options.value(key);
    if (text !== undefined && !/^\d+$/.test(text)) tool.fail(`${text}: invalid context length argument`);
    return text === undefined ? undefined : Number(text);
  };
  const both = length('C') ?? length('#') ?? 0;
  return { before: length('B') ?? both, after: length('A') ?? both };
}

function maxCountOf(tool: GnuTool): number {
  const text = tool.options.value('m');
  if (text === undefined) return Infinity;
  if (!/^-?\d+$/.test(text)) tool.fail('invalid max count');
  return Number(text) < 0 ? Infinity : Number(text);
}

function globFilters(tool: GnuTool): Pick<GrepSettings, 'wantsFile' | 'wantsDirectory'> {
  const include = tool.options.values('include');
  const exclude = tool.options.values('exclude');
  const excludeDirectory = tool.options.values('exclude-dir').map((glob) => glob.replace(/\/+$/, ''));
  const matches = (globs: readonly string[], path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return globs.some((glob) => globMatches(glob, name) || globMatches(glob, path));
  };
  return {
    wantsFile: (path) => !matches(exclude, path) && (include.length === 0 || matches(include, path)),
    wantsDirectory: (path, given) => given || !matches(excludeDirectory, path),
  };
}
