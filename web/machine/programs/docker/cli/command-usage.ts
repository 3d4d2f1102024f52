import { type DockerCommand, type DockerGroup, commandName } from './docker-command';
import { type FlagSpec, flagUsages } from './flags';

const NAME_PADDING = 11;

/** `docker ps --help`. */
export function commandHelp(path: string, command: DockerCommand, columns: number): string {
  const aliases = command.aliases === undefined ? '' : `\nAliases:\n  ${[commandName(command), ...command.aliases].join(', ')}\n`;
  const options = command.flags.some((flag) => flag.hidden !== true) ? `\nOptions:\n${flagUsages(command.flags, columns)}\n` : '';
  return `\nUsage:\t${path} ${command.use}\n\n${command.short}\n${aliases}${options}`;
}

/** `docker network --help`. */
export function groupHelp(group: DockerGroup): string {
  const path = `docker ${group.name}`;
  return `\nUsage:\t${path} COMMAND\n\n${group.short}\n\nCommands:\n${commandRows(group.commands)}\n\nRun '${path} COMMAND --help' for more information on a command.\n`;
}

/** `docker --help`. */
export function rootHelp(options: {
  readonly flags: readonly FlagSpec[];
  readonly management: readonly { readonly name: string; readonly short: string }[];
  readonly commands: readonly { readonly name: string; readonly short: string }[];
  readonly columns: number;
}): string {
  return [
    '',
    'Usage:\tdocker COMMAND',
    '',
    'A self-sufficient runtime for containers',
    '',
    'Options:',
    flagUsages(options.flags, options.columns),
    '',
    'Management Commands:',
    nameRows(options.management),
    '',
    'Commands:',
    nameRows(options.commands),
    '',
    "Run 'docker COMMAND --help' for more information on a command.",
    '',
  ].join('\n');
}

/** The error of too few or too many arguments. */
export function argumentError(path: string, command: DockerCommand): string {
  const { min, max } = command.args;
  const visible = command.flags.some((flag) => flag.hidden !== true);
  const useLine = `${path} ${command.use}${visible ? ' [flags]' : ''}`;
  const count = (value: number): string => `${value} ${value === 1 ? 'argument' : 'arguments'}`;
  const what =
    max === 0 ? 'accepts no arguments'
    : min === max ? `requires exactly ${count(min)}`
    : max === Infinity ? `requires at least ${count(min)}`
    : min === 0 ? `requires at most ${count(max)}`
    : `requires at least ${min} and at most ${count(max)}`;
  return `"${path} ${commandName(command)}" ${what}.\nSee '${path} ${commandName(command)} --help'.\n\nUsage:  ${useLine}\n\n${command.short}`;
}

function commandRows(commands: readonly DockerCommand[]): string {
  return nameRows(commands.map((command) => ({ name: commandName(command), short: command.short })));
}

function nameRows(rows: readonly { readonly name: string; readonly short: string }[]): string {
  const sorted = [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map((row) => `  ${row.name.padEnd(NAME_PADDING)} ${row.short}`).join('\n');
}
