import type { Machine } from '../../os/machine';
import type { CompletionContext, Program } from '../../os/program';
import { USAGES } from '../builtins/usages';
import type { Completion } from '../editor/editor-environment';
import { findExecutable } from '../execute/command-search';
import type { Shell } from '../execute/shell';
import { expandTilde } from '../expand/tilde';
import { fileNames, programNames } from './names';
import { commandsOn, programOn } from './remote-command';
import { type WordAtCursor, wordAtCursor } from './word-at-cursor';

type Candidate = Completion['candidates'][number];

const KEYWORDS = ['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', 'coproc'];
/** Commands that take directories only. */
const DIRECTORY_COMMANDS = new Set(['cd', 'pushd', 'rmdir']);

/** What Tab offers at a place in a line. */
export function completeLine(shell: Shell, line: string, cursor: number): Completion {
  const before = [...line].slice(0, cursor).join('');
  const at = wordAtCursor(before);
  const start = [...before.slice(0, at.start)].length;
  const variable = /\$(\{?)(\w*)$/.exec(at.raw);
  if (variable !== null && at.quote !== "'") return completeVariable(shell, at, start, variable as unknown as [string, string, string]);
  if (at.redirection) return files(shell, at, start, false);
  if (at.words.length === 0) return at.value.includes('/') || at.value.startsWith('~') ? files(shell, at, start, false) : commands(shell, at, start);
  return argument(shell, at, start);
}

function completeVariable(shell: Shell, at: WordAtCursor, start: number, [whole, brace, name]: [string, string, string]): Completion {
  const names = shell.variables.entries().map(([each]) => each).filter((each) => each.startsWith(name));
  const offset = start + [...at.raw].length - [...whole].length;
  const close = brace === '' ? '' : '}';
  return {
    start: offset,
    candidates: names.map((each) => {
      const directory = shell.process.files.tryStat(shell.variables.get(each) ?? '')?.kind === 'directory';
      return { insert: `$${brace}${each}${close}`, show: each, suffix: directory ? '/' : at.quote === '' ? ' ' : '' };
    }),
  };
}

function commands(shell: Shell, at: WordAtCursor, start: number): Completion {
  const names = new Set([
    ...shell.aliases.keys(), ...shell.functions.keys(), ...Object.keys(USAGES), ...KEYWORDS, ...(at.value === '' ? [] : programNames(shell)),
  ]);
  if (at.value === '') for (const name of programNames(shell)) names.add(name);
  const found = [...names].filter((name) => name.startsWith(at.value)).sort();
  if (found.length > 0) return words(at, start, found);
  const directories = fileNames(shell, at.value, true);
  return { start, candidates: directories.map((path) => fileCandidate(shell, at, path, path)) };
}

function words(at: WordAtCursor, start: number, found: readonly string[]): Completion {
  return {
    start,
    candidates: [...new Set(found)].map((word) => ({
      insert: quoted(at, word),
      show: word,
      suffix: /[/=:]$/.test(word) ? '' : `${at.quote} `,
    })),
  };
}

/** Word lists of `complete -W`, then what the program itself knows, then files. */
function argument(shell: Shell, at: WordAtCursor, start: number): Completion {
  const name = at.words[0] as string;
  const list = shell.completions.get(name.replace(/^.*\//, ''));
  if (list !== undefined) {
    const found = list.filter((word) => word.startsWith(at.value));
    if (found.length > 0) return words(at, start, found);
  }
  if (name === 'cd' || DIRECTORY_COMMANDS.has(name)) return files(shell, at, start, true);
  const typed = [...aliasWords(shell, name), ...at.words.slice(1), at.value];
  const given = completeFor(shell, typed, typed.length - 1, shell.process.cwd);
  if (given !== undefined) return words(at, start, given.filter((word) => word.startsWith(at.value)));
  return files(shell, at, start, false);
}

/** What a first word stands for when it is an alias: `ktopics --zoo` is completed as what it runs. */
function aliasWords(shell: Shell, name: string): string[] {
  const value = shell.aliases.get(name)?.trim() ?? '';
  return value === '' ? [name] : value.split(/\s+/);
}

function completeFor(shell: Shell, all: readonly string[], index: number, cwd: string, on?: Machine): readonly string[] | undefined {
  if (on !== undefined && index === 0) return commandsOn(on, all[0] ?? '');
  const program = on === undefined ? programOf(shell, all[0] ?? '') : programOn(on, all[0] ?? '');
  if (program?.complete === undefined) return undefined;
  const context: CompletionContext = {
    words: all,
    index,
    prefix: all[index] ?? '',
    cwd,
    names: (kind) => shell.process.machine.completionNames(kind),
    completeFor: (inner, innerIndex, other) => completeFor(shell, inner, innerIndex, cwd, other ?? on),
  };
  return program.complete(context);
}

function programOf(shell: Shell, name: string): Program | undefined {
  const path = findExecutable(shell, name);
  const node = path === undefined ? undefined : shell.process.files.tryStat(path);
  return node?.kind === 'regular' ? node.program : undefined;
}

/** After `=` or `:` a path starts anew, as `--config=fi` shows. */
function files(shell: Shell, at: WordAtCursor, start: number, directoriesOnly: boolean): Completion {
  const cut = Math.max(at.value.lastIndexOf('='), at.value.lastIndexOf(':')) + 1;
  const head = cut > 0 && fileNames(shell, at.value, directoriesOnly).length === 0 ? at.value.slice(0, cut) : '';
  const typed = at.value.slice(head.length);
  const tilde = at.quote === '' ? /^~[^/]*(?=\/)/.exec(typed)?.[0] : undefined;
  if (typed === '~') return { start, candidates: [{ insert: '~', show: '~', suffix: '/' }] };
  const home = tilde === undefined ? undefined : expandTilde(shell, tilde);
  const prefix = home === undefined ? typed : home + typed.slice((tilde as string).length);
  const found = fileNames(shell, prefix, directoriesOnly);
  return {
    start,
    candidates: found.map((path) => fileCandidate(shell, at, path, head + (home === undefined ? path : (tilde as string) + path.slice(home.length)))),
  };
}

function fileCandidate(shell: Shell, at: WordAtCursor, path: string, text: string): Candidate {
  const directory = shell.process.files.tryStat(path)?.kind === 'directory';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { insert: quoted(at, text), show: directory ? `${name}/` : name, suffix: directory ? `${at.quote}/` : `${at.quote} ` };
}

/** The text as it must stand in the line: after an open quote, or with backslashes. */
function quoted(at: WordAtCursor, text: string): string {
  if (at.quote === "'") return at.raw.slice(0, at.raw.indexOf("'") + 1) + text;
  if (at.quote === '"') return at.raw.slice(0, at.raw.indexOf('"') + 1) + text.replace(/["\\$`]/g, '\\$&');
  return text.replace(/[\s"'\\$`!&()*;<>?[\]|{}#]/g, (char, offset: number) => (char === '#' && offset > 0 ? char : `\\${char}`));
}
