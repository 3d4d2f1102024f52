import type { Op } from '../../../engine/kernel/task';
import { ConfigurationError } from '../../compose/config/configuration-error';
import { ComposeOutput } from '../../compose/project/compose-output';
import { OperationFailedError, ProjectError } from '../../compose/project/project-errors';
import type { DockerEngine } from '../../docker/docker-engine';
import { DockerError } from '../../docker/docker-error';
import type { Process } from '../../os/process';
import type { CompletionContext, Program } from '../../os/program';
import { type ComposeCommand, ShutdownException, UserError } from './compose/compose-command';
import { ComposeContext } from './compose/compose-context';
import { create, down, kill, pause, restart, rm, scale, start, stop, unpause } from './compose/container-commands';
import { DocoptExit, type DocoptResult, docopt } from './compose/docopt';
import { exec, run } from './compose/exec-commands';
import { config, events, images, logs, port, ps, pull, top } from './compose/listing-commands';
import { serviceNamesIn } from './compose/service-names';
import { up } from './compose/up-command';
import { COMMAND_USAGES, TOP_USAGE } from './compose/usage-texts';

/** Python, unpacked from the single executable, and its imports. */
const CLIENT_START_US = 420_000;
const VERSION = 'docker-compose version 1.20.1, build 5d8c71b';

const COMMANDS: Readonly<Record<string, ComposeCommand>> = {
  config, create, down, events, exec, images, kill, logs, pause, port, ps, pull, restart, rm, run, scale, start, stop, top, unpause, up,
};
const UNSIMULATED = ['build', 'bundle', 'push'];

/** `docker-compose` 1.20.1 for one engine. */
export function createDockerCompose(engine: DockerEngine): Program {
  return {
    name: 'docker-compose',
    *main(process) {
      const output = new ComposeOutput(process);
      process.onSignal('SIGINT', () => process.interrupt(new ShutdownException()));
      const code = yield* guarded(output, () => dispatch(process, engine, output));
      yield* output.stdout.flush();
      yield* output.stderr.flush();
      return code;
    },
    complete: (context) => complete(context, engine),
  };
}

/** Ends a command with what went wrong, in compose's words. */
function* guarded(output: ComposeOutput, body: () => Op<number>): Op<number> {
  try {
    yield* output.process.sleep(CLIENT_START_US);
    return yield* body();
  } catch (error) {
    if (error instanceof ShutdownException) output.error('Aborting.');
    else if ([UserError, ConfigurationError, ProjectError, OperationFailedError, DockerError].some((each) => error instanceof each)) output.error((error as Error).message);
    else throw error;
    return 1;
  }
}

function* dispatch(process: Process, engine: DockerEngine, output: ComposeOutput): Op<number> {
  const global = parse(TOP_USAGE, process.args);
  if (global === undefined) return refuse(output, TOP_USAGE);
  if (global.helpAsked) return print(output, TOP_USAGE);
  if (global.flag('--version')) return print(output, VERSION);
  const name = global.argument('COMMAND');
  if (name === undefined) return refuse(output, TOP_USAGE);
  const usage = usageOf(name);
  if (usage === undefined) return refuse(output, noSuchCommand(name));
  const options = parse(usage, global.arguments('ARGS'));
  if (options === undefined) return refuse(output, usage);
  if (options.helpAsked) return print(output, usage);
  applyGlobal(output, global);
  if (name === 'help') return help(output, options.argument('COMMAND'));
  if (name === 'version') return print(output, options.flag('--short') ? '1.20.1' : `${VERSION}\ndocker-py version: 3.1.4\nCPython version: 3.6.4\nOpenSSL version: OpenSSL 1.0.1t  3 May 2016`);
  if (UNSIMULATED.includes(name)) throw new UserError(`docker-compose ${name} is not simulated yet.`);
  return yield* (COMMANDS[name] as ComposeCommand)(new ComposeContext(process, engine, output, global, options));
}

function applyGlobal(output: ComposeOutput, global: DocoptResult): void {
  output.noAnsi = global.flag('--no-ansi');
  const level = global.value('--log-level')?.toUpperCase();
  if (level === undefined) return;
  if (!['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'].includes(level)) throw new UserError('Invalid value for --log-level. Expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL.');
  output.least = level === 'WARNING' ? 'WARNING' : level === 'ERROR' || level === 'CRITICAL' ? 'ERROR' : 'INFO';
}

function parse(usage: string, words: readonly string[]): DocoptResult | undefined {
  try {
    return docopt(usage, words);
  } catch (error) {
    if (error instanceof DocoptExit) return undefined;
    throw error;
  }
}

function usageOf(name: string): string | undefined {
  return Object.hasOwn(COMMAND_USAGES, name) ? COMMAND_USAGES[name] : undefined;
}

function print(output: ComposeOutput, text: string): number {
  output.stdout.print(`${text}\n`);
  return 0;
}

function refuse(output: ComposeOutput, text: string): number {
  output.stderr.print(`${text}\n`);
  return 1;
}

function noSuchCommand(name: string): string {
  return `No such command: ${name}\n\n${TOP_USAGE.slice(TOP_USAGE.indexOf('Commands:'))}`;
}

function help(output: ComposeOutput, name: string | undefined): number {
  if (name === undefined) return print(output, TOP_USAGE);
  const usage = usageOf(name);
  if (usage !== undefined) return print(output, usage);
  output.error(noSuchCommand(name));
  return 1;
}

function complete(context: CompletionContext, engine: DockerEngine): readonly string[] | undefined {
  const at = context.words.findIndex((word, index) => index > 0 && Object.hasOwn(COMMAND_USAGES, word));
  if (at < 0 || context.index <= at) {
    if (context.prefix.startsWith('-')) return optionNames(TOP_USAGE);
    return /^(-f|--file)$/.test(context.words[context.index - 1] ?? '') ? undefined : Object.keys(COMMAND_USAGES);
  }
  const command = context.words[at] as string;
  const first = context.words.findIndex((word, index) => index > at && !word.startsWith('-'));
  if ((command === 'exec' || command === 'run') && first > 0 && context.index > first) {
    const container = engine.containers.find((each) => each.config.labels.get('com.docker.compose.service') === context.words[first]);
    return context.completeFor(context.words.slice(first + 1), context.index - first - 1, container?.machine);
  }
  if (context.prefix.startsWith('-')) return optionNames(COMMAND_USAGES[command] as string);
  if (command === 'help') return Object.keys(COMMAND_USAGES);
  return [...new Set([...serviceNamesIn(engine.laptop.files, context.cwd), ...context.names('service')])];
}

function optionNames(usage: string): string[] {
  return [...usage.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map((match) => match[1] as string);
}
