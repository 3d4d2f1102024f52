import type { Shell } from '../execute/shell';
import { AssociativeArray, IndexedArray } from '../variables/arrays';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NAME = /^[A-Za-z_]\w*$/;

/** The variables that a shell starts with: its environment and its own. */
export function setInitialVariables(shell: Shell): void {
  const { variables, process } = shell;
  for (const [name, value] of process.env) if (NAME.test(name)) variables.setExported(name, value);
  importFunctions(shell);
  const level = Number(variables.get('SHLVL') ?? 0) || 0;
  variables.setExported('SHLVL', String(level + 1));
  if (variables.get('PWD') === undefined || process.files.resolve(variables.get('PWD') as string) !== process.cwd) variables.setExported('PWD', process.cwd);
  if (variables.lookUp('OLDPWD') === undefined) variables.global('OLDPWD').exported = true;
  if (variables.get('PATH') === undefined) variables.set('PATH', DEFAULT_PATH);
  setOwn(shell);
  if (shell.interactive) setInteractive(shell);
}

function setOwn(shell: Shell): void {
  const { variables, process } = shell;
  const [major, minor, patch] = shell.settings.version.split('.') as [string, string, string];
  variables.set('BASH', shell.process.argv[0]?.startsWith('/') === true ? shell.process.argv[0] : '/usr/bin/bash');
  variables.set('BASH_VERSION', `${shell.settings.version}(1)-release`);
  const versions = variables.global('BASH_VERSINFO');
  versions.array = IndexedArray.of([major, minor, patch, '1', 'release', 'x86_64-pc-linux-gnu']);
  versions.readonly = true;
  variables.set('HOSTNAME', process.machine.hostname);
  variables.set('HOSTTYPE', 'x86_64');
  variables.set('MACHTYPE', 'x86_64-pc-linux-gnu');
  variables.set('OSTYPE', 'linux-gnu');
  variables.set('IFS', ' \t\n');
  variables.set('OPTIND', '1');
  variables.set('OPTERR', '1');
  variables.set('PS4', '+ ');
  variables.set('TERM', variables.get('TERM') ?? 'dumb');
  for (const name of ['BASH_ALIASES', 'BASH_CMDS']) variables.global(name).array = new AssociativeArray();
  for (const [name, value] of [['UID', process.uid], ['EUID', process.uid], ['PPID', process.parent?.pid ?? 0]] as const) {
    const variable = variables.global(name);
    Object.assign(variable, { value: String(value), readonly: true, integer: true });
  }
}

function setInteractive(shell: Shell): void {
  const { variables } = shell;
  if (variables.get('PS1') === undefined) variables.set('PS1', '\\s-\\v\\$ ');
  variables.set('PS2', '> ');
  variables.set('HISTSIZE', '500');
  variables.set('HISTFILESIZE', '500');
  variables.set('HISTFILE', `${variables.get('HOME') ?? ''}/.bash_history`);
  variables.set('MAILCHECK', '60');
}

/** Functions that a parent shell exported. */
function importFunctions(shell: Shell): void {
  shell.importedFunctions = [...shell.process.env].filter(([name]) => name.startsWith('BASH_FUNC_')).map(([name, body]) => `${name.slice(10, -2)} ${body}`);
}
