import type { Op } from '../../../engine/kernel/task';
import type { DockerEngine } from '../../docker/docker-engine';
import { DockerError } from '../../docker/docker-error';
import type { Process } from '../../os/process';
import type { CompletionContext, Program } from '../../os/program';
import { argumentError, commandHelp, groupHelp, rootHelp } from './cli/command-usage';
import { type DockerCommand, type DockerGroup, StatusError, commandName } from './cli/docker-command';
import { FlagError, type FlagSpec, parseFlags } from './cli/flags';
import { GROUPS, TOP_COMMANDS, UNSIMULATED_COMMANDS, UNSIMULATED_GROUPS } from './docker-commands';

/** The Go client starts in a few hundredths of a second. */
const CLIENT_START_US = 25_000;
export const DOCKER_VERSION = '18.03.0-ce';
export const DOCKER_BUILD = '0520e24';

const HELP: FlagSpec = { name: 'help', kind: 'bool', usage: 'Print usage', hidden: true };

const ROOT_FLAGS: readonly FlagSpec[] = [
  { name: 'config', kind: 'string', usage: 'Location of client config files', defaultValue: '/home/student/.docker' },
  { name: 'debug', short: 'D', kind: 'bool', usage: 'Enable debug mode' },
  { name: 'host', short: 'H', kind: 'list', usage: 'Daemon socket(s) to connect to' },
  { name: 'log-level', short: 'l', kind: 'string', usage: 'Set the logging level ("debug"|"info"|"warn"|"error"|"fatal")', defaultValue: 'info' },
  { name: 'tls', kind: 'bool', usage: 'Use TLS; implied by --tlsverify' },
  { name: 'tlscacert', kind: 'string', usage: 'Trust certs signed only by this CA', defaultValue: '/home/student/.docker/ca.pem' },
  { name: 'tlscert', kind: 'string', usage: 'Path to TLS certificate file', defaultValue: '/home/student/.docker/cert.pem' },
  { name: 'tlskey', kind: 'string', usage: 'Path to TLS key file', defaultValue: '/home/student/.docker/key.pem' },
  { name: 'tlsverify', kind: 'bool', usage: 'Use TLS and verify the remote' },
  { name: 'version', short: 'v', kind: 'bool', usage: 'Print version information and quit' },
];

/** What a terminal's width is for help texts; 80 without one. */
function columnsOf(process: Process): number {
  return process.fds.get(0)?.terminal?.columns ?? 80;
}

/** The `docker` client of Docker CE 18.03.0 for one engine. */
export function createDocker(engine: DockerEngine): Program {
  return {
    name: 'docker',
    *main(process) {
      yield* process.sleep(CLIENT_START_US);
      try {
        return yield* dispatch(process, engine);
      } catch (error) {
        if (error instanceof StatusError) {
          if (error.message !== '') yield* process.err(`${error.message}\n`);
          return error.code;
        }
        if (!(error instanceof DockerError)) throw error;
        yield* process.err(`Error response from daemon: ${error.message}\n`);
        return 1;
      }
    },
    complete: (context) => complete(context, engine),
  };
}

function* dispatch(process: Process, engine: DockerEngine): Op<number> {
  const { flags, args } = rootFlags(process.args);
  if (flags.bool('version')) {
    yield* process.out(`Docker version ${DOCKER_VERSION}, build ${DOCKER_BUILD}\n`);
    return 0;
  }
  const [name, ...rest] = args;
  if (name === undefined || flags.bool('help')) {
    yield* process.write(name === undefined && !flags.bool('help') ? 2 : 1, allHelp(process));
    return 0;
  }
  if (name === 'help') return yield* help(process, rest);
  const group = GROUPS.find((each) => each.name === name);
  if (group !== undefined) return yield* runInGroup(process, engine, group, rest);
  const command = TOP_COMMANDS.find((each) => commandName(each) === name);
  if (command !== undefined) return yield* runCommand(process, engine, 'docker', command, rest);
  refuseUnsimulated(name);
  throw new StatusError(`docker: '${name}' is not a docker command.\nSee 'docker --help'`, 1);
}

function rootFlags(words: readonly string[]): ReturnType<typeof parseFlags> {
  try {
    return parseFlags([...ROOT_FLAGS, { ...HELP, short: 'h' }], words, false);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new StatusError(`${error.message}\nSee 'docker --help'.`, 125);
  }
}

function refuseUnsimulated(name: string): void {
  if (![...UNSIMULATED_COMMANDS, ...UNSIMULATED_GROUPS].some((each) => each.name === name)) return;
  throw new StatusError(`docker ${name} is not simulated yet.`, 1);
}

function* runInGroup(process: Process, engine: DockerEngine, group: DockerGroup, words: readonly string[]): Op<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h') {
    yield* process.write(name === undefined ? 2 : 1, groupHelp(group));
    return 0;
  }
  const command = group.commands.find((each) => commandName(each) === name || each.aliases?.includes(name) === true);
  if (command !== undefined) return yield* runCommand(process, engine, `docker ${group.name}`, command, rest);
  if (name.startsWith('-')) throw new StatusError(`unknown flag: ${name}\nSee 'docker ${group.name} --help'.\n${groupHelp(group)}`, 125);
  throw new StatusError(`${groupHelp(group).trimEnd()}`, 1);
}

function* runCommand(process: Process, engine: DockerEngine, path: string, command: DockerCommand, words: readonly string[]): Op<number> {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    const hasShortH = command.flags.some((flag) => flag.short === 'h');
    parsed = parseFlags([...command.flags, hasShortH ? HELP : { ...HELP, short: 'h' }], words, command.interspersed ?? true);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new StatusError(`${error.message}\nSee '${path} ${commandName(command)} --help'.`, 125);
  }
  if (parsed.flags.bool('help')) {
    yield* process.out(commandHelp(path, command, columnsOf(process)));
    return 0;
  }
  const count = parsed.args.length;
  if (count < command.args.min || count > command.args.max) throw new StatusError(argumentError(path, command), 1);
  return yield* command.run({ process, engine, ...parsed });
}

function* help(process: Process, words: readonly string[]): Op<number> {
  const [first, second] = words;
  const group = GROUPS.find((each) => each.name === first);
  const command = second === undefined ? TOP_COMMANDS.find((each) => commandName(each) === first) : group?.commands.find((each) => commandName(each) === second);
  if (first === undefined) yield* process.out(allHelp(process));
  else if (command !== undefined) yield* process.out(commandHelp(second === undefined ? 'docker' : `docker ${first}`, command, columnsOf(process)));
  else if (group !== undefined && second === undefined) yield* process.out(groupHelp(group));
  else throw new StatusError(`unknown help topic: ${words.join(' ')}`, 1);
  return 0;
}

function allHelp(process: Process): string {
  return rootHelp({
    flags: ROOT_FLAGS,
    management: [...GROUPS, ...UNSIMULATED_GROUPS],
    commands: [...TOP_COMMANDS.map((command) => ({ name: commandName(command), short: command.short })), ...UNSIMULATED_COMMANDS],
    columns: columnsOf(process),
  });
}

function complete(context: CompletionContext, engine: DockerEngine): readonly string[] | undefined {
  if (context.index === 1) {
    return [...TOP_COMMANDS.map(commandName), ...GROUPS.map((each) => each.name), ...UNSIMULATED_COMMANDS.map((each) => each.name), ...UNSIMULATED_GROUPS.map((each) => each.name)];
  }
  const group = GROUPS.find((each) => each.name === context.words[1]);
  if (group !== undefined && context.index === 2) return group.commands.map(commandName);
  const name = group === undefined ? context.words[1] : context.words[2];
  const command = (group?.commands ?? TOP_COMMANDS).find((each) => commandName(each) === name);
  if (command === undefined) return undefined;
  const first = context.words.findIndex((word, at) => at > (group === undefined ? 1 : 2) && !word.startsWith('-'));
  if (commandName(command) === 'exec' && first > 0 && context.index > first) {
    return context.completeFor(context.words.slice(first + 1), context.index - first - 1, engine.findContainer(context.words[first] as string)?.machine);
  }
  if (context.prefix.startsWith('-')) return command.flags.filter((flag) => flag.hidden !== true).map((flag) => `--${flag.name}`);
  return command.completes === undefined ? undefined : context.names(command.completes);
}
