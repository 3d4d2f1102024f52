import type { Op } from '../../engine/kernel/task';
import { TextBuilder } from './expand/fields';
import type { PromptText } from './editor/display';
import type { Shell } from './execute/shell';
import { strftime } from './strftime';

const ESCAPES: Readonly<Record<string, (shell: Shell) => string>> = {
  a: () => '\x07',
  A: (shell) => clock(shell, '%H:%M'),
  d: (shell) => clock(shell, '%a %b %d'),
  e: () => '\x1b',
  h: (shell) => (shell.process.machine.hostname.split('.')[0] as string),
  H: (shell) => shell.process.machine.hostname,
  j: (shell) => String(shell.jobs.list.length),
  l: (shell) => shell.process.terminal?.name.replace(/^\/dev\//, '').replace(/^.*\//, '') ?? 'tty',
  n: () => '\n',
  r: () => '\r',
  s: (shell) => shell.name.replace(/^.*\//, ''),
  t: (shell) => clock(shell, '%H:%M:%S'),
  T: (shell) => clock(shell, '%I:%M:%S'),
  '@': (shell) => clock(shell, '%I:%M %p'),
  u: (shell) => shell.process.machine.userName(shell.process.uid),
  v: (shell) => shell.settings.version.split('.').slice(0, 2).join('.'),
  V: (shell) => shell.settings.version,
  w: (shell) => withTilde(shell),
  W: (shell) => baseDirectory(shell),
  '!': (shell) => String(shell.history.nextNumber),
  '#': (shell) => String(shell.commandNumber),
  $: (shell) => (shell.process.uid === 0 ? '#' : '$'),
  '\\': () => '\\',
};

/** Between these marks stands what takes no columns. */
const HIDDEN_START = '\x01';
const HIDDEN_END = '\x02';

function clock(shell: Shell, format: string): string {
  return strftime(format, Math.floor(shell.process.machine.sim.dateMs() / 1000));
}

function withTilde(shell: Shell): string {
  const home = shell.variables.get('HOME');
  const { cwd } = shell.process;
  const path = home !== undefined && home !== '/' && `${cwd}/`.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
  return trimmed(path, Number(shell.variables.get('PROMPT_DIRTRIM') ?? 0));
}

/** PROMPT_DIRTRIM keeps the last directories only. */
function trimmed(path: string, keep: number): string {
  if (!(keep > 0)) return path;
  const start = path.startsWith('~') ? '~/' : '/';
  const parts = path.slice(start.length).split('/').filter((part) => part !== '');
  return parts.length <= keep ? path : `${start}.../${parts.slice(-keep).join('/')}`.replace('/...', path.startsWith('~') ? '/...' : '...');
}

function baseDirectory(shell: Shell): string {
  const { cwd } = shell.process;
  return cwd === shell.variables.get('HOME') ? '~' : cwd === '/' ? '/' : cwd.slice(cwd.lastIndexOf('/') + 1);
}

/** Decodes a prompt string's escapes, then expands it as in double quotes (`shopt promptvars`). */
export function* expandPrompt(shell: Shell, text: string): Op<PromptText> {
  const decoded = text.replace(/\\(?:([0-7]{3})|D\{([^}]*)\}|([\s\S]))/g, (whole, octal, format, letter) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal as string, 8));
    if (format !== undefined) return clock(shell, format === '' ? '%X' : (format as string));
    if (letter === '[') return HIDDEN_START;
    if (letter === ']') return HIDDEN_END;
    const value = ESCAPES[letter as string]?.(shell);
    if (value === undefined) return whole as string;
    return 'wWhHus'.includes(letter as string) ? value.replace(/[\\$`"]/g, '\\$&') : value === '$' || value === '\\' ? `\\${value}` : value;
  });
  const builder = new TextBuilder();
  const { lastStatus, pipeStatus } = shell;
  yield* shell.interpreter.expandText(shell, decoded, 'double', builder);
  shell.lastStatus = lastStatus;
  shell.pipeStatus = pipeStatus;
  const expanded = builder.text;
  return {
    shown: expanded.replaceAll(HIDDEN_START, '').replaceAll(HIDDEN_END, ''),
    visible: expanded.replace(/\x01[^\x02]*\x02/g, '').replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, ''),
  };
}
