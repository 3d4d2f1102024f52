import type { Shell } from '../execute/shell';
import { commandText } from '../print/command-text';
import type { Variables } from './variables';

/**
 * The variables that the shell makes when they are read. A subshell has only those that its parent still had (`keep`): `unset RANDOM` makes it
 * an ordinary name.
 */
export function installDynamicVariables(shell: Shell, keep?: Variables): void {
  const { dynamic } = shell.variables;
  const { process } = shell;
  const { sim } = process.machine;
  const random = sim.random('bash');
  const add = (name: string, read: () => string | readonly string[], assign?: (value: string) => void): void => {
    if (keep === undefined || keep.dynamic.has(name)) dynamic.set(name, { read, assign });
  };
  let secondsOffset = 0;
  let seed: number | undefined;
  add(
    'RANDOM',
    () => {
      if (seed === undefined) return String(random.below(32768));
      seed = nextRandom(seed);
      return String(((seed >>> 16) ^ (seed & 65535)) & 32767);
    },
    (value) => {
      seed = Number(value) || 0;
    },
  );
  add('SRANDOM', () => String(random.below(65536) * 65536 + random.below(65536)));
  add(
    'SECONDS',
    () => String(Math.floor((sim.nowUs - shell.startedUs) / 1e6) + secondsOffset),
    (value) => {
      secondsOffset = (Number(value) || 0) - Math.floor((sim.nowUs - shell.startedUs) / 1e6);
    },
  );
  add('LINENO', () => String(shell.line), () => undefined);
  add('BASHPID', () => String(process.pid));
  add('BASH_SUBSHELL', () => String(shell.subshellDepth));
  add('BASH_COMMAND', () => (shell.command === undefined ? '' : commandText(shell.command.source, shell.command.node)));
  add('EPOCHSECONDS', () => String(Math.floor(sim.dateMs() / 1000)));
  add('EPOCHREALTIME', () => {
    const us = sim.startDateMs * 1000 + sim.nowUs;
    return `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;
  });
  add('PIPESTATUS', () => shell.pipeStatus.map(String));
  add('FUNCNAME', () => frameNames(shell));
  add('BASH_SOURCE', () => [...shell.frames.map((frame) => frame.sourceName).reverse(), ...(shell.isScript ? [shell.name] : [])]);
  add('BASH_LINENO', () => [...shell.frames.map((frame) => String(frame.callLine)).reverse(), ...(shell.isScript ? ['0'] : [])]);
  add('DIRSTACK', () => [process.cwd, ...shell.directoryStack]);
  add('GROUPS', () => [String(process.uid)]);
  add('HISTCMD', () => String(shell.history.nextNumber));
  add('BASH_ARGV0', () => shell.name, (value) => {
    shell.name = value;
  });
  add('_', () => shell.lastArgument);
}

function frameNames(shell: Shell): string[] {
  const names = shell.frames.map((frame) => frame.name).reverse();
  return names.length > 0 && shell.isScript ? [...names, 'main'] : names;
}

/** bash's own generator, for `RANDOM=seed`. */
function nextRandom(seed: number): number {
  const value = seed === 0 ? 123459876 : seed;
  const high = Math.floor(value / 127773);
  const low = value - 127773 * high;
  const next = 16807 * low - 2836 * high;
  return next < 0 ? next + 0x7fffffff : next;
}
