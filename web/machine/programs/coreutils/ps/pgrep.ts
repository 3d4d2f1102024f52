import type { Process } from '../../../os/process';
import type { Program } from '../../../os/program';
import { type Signal, parseSignal } from '../../../os/signals';
import { gnuProgram, type GnuTool } from '../../lib/gnu-tool';
import { commandLine, commandName, parentPid } from '../../lib/process-facts';
import { Pattern } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';

function matcher(name: 'pgrep' | 'pkill'): Program {
  return gnuProgram({
    name,
    usage: ['[options] <pattern>'],
    about: name === 'pgrep' ? 'List the process IDs of processes that match.' : 'Send a signal to processes that match.',
    version: 'from procps-ng 4.0.2',
    usageCode: 2,
    options: {
      short: 'ad:cfg:inolP:u:U:vxs:t:e',
      long: { 'list-full': 'a', 'list-name': 'l', full: 'f', exact: 'x', inverse: 'v', newest: 'n', oldest: 'o', count: 'c', parent: 'P:', euid: 'u:', uid: 'U:', 'ignore-case': 'i', delimiter: 'd:', signal: 'signal:', echo: 'e' },
    },
    rewrite: (args) => args.map((word) => (name === 'pkill' && /^-[A-Z0-9]+$/.test(word) && parseSignal(word.slice(1)) !== undefined ? `--signal=${word.slice(1)}` : word)),
    *run(tool) {
      const found = matching(tool);
      if (name === 'pgrep') show(tool, found);
      else {
        const signal: Signal | undefined = parseSignal(tool.options.value('signal') ?? 'TERM');
        if (signal === undefined) tool.usageError(`unknown signal ${tool.options.value('signal')}`);
        for (const each of found) {
          if (tool.process.uid !== 0 && each.uid !== tool.process.uid) yield* tool.complain(`killing pid ${each.pid} failed: Operation not permitted`, 0);
          else {
            if (tool.options.has('e')) tool.print(`${commandName(each)} killed (pid ${each.pid})\n`);
            each.signal(signal as Signal);
          }
        }
      }
      return found.length === 0 ? 1 : 0;
    },
  });
}

/** Finds processes by name. */
export const pgrep = matcher('pgrep');
/** Signals processes by name. */
export const pkill = matcher('pkill');

function matching(tool: GnuTool): Process[] {
  const { options, operands, process } = tool;
  if (operands.length > 1) tool.usageError('only one pattern can be provided');
  if (operands.length === 0 && !options.has('P', 'u', 'U', 'g', 't')) tool.usageError('no matching criteria specified');
  const pattern = operands[0] === undefined ? undefined : compile(tool, operands[0]);
  const users = [...options.values('u'), ...options.values('U')].flatMap((text) => text.split(','));
  const parents = options.values('P').flatMap((text) => text.split(','));
  let found = [...process.machine.processes.values()].filter((each) => {
    if (each === process || !each.alive) return false;
    const text = options.has('f') ? commandLine(each) : commandName(each);
    const wanted =
      (pattern === undefined || pattern.test(text)) &&
      (users.length === 0 || users.includes(String(each.uid)) || users.includes(process.machine.userName(each.uid))) &&
      (parents.length === 0 || parents.includes(String(parentPid(each))));
    return wanted !== options.has('v');
  });
  if (options.has('n')) found = found.slice(-1);
  if (options.has('o')) found = found.slice(0, 1);
  return found;
}

function compile(tool: GnuTool, source: string): Pattern {
  try {
    return Pattern.compile(source, { syntax: 'extended', ignoreCase: tool.options.has('i'), whole: tool.options.has('x') ? 'line' : undefined });
  } catch (error) {
    if (error instanceof RegexError) return tool.fail(error.message, 2);
    throw error;
  }
}

function show(tool: GnuTool, found: readonly Process[]): void {
  if (tool.options.has('c')) {
    tool.print(`${found.length}\n`);
    return;
  }
  const rows = found.map((each) => `${each.pid}${tool.options.has('a') ? ` ${commandLine(each)}` : tool.options.has('l') ? ` ${commandName(each)}` : ''}`);
  if (rows.length > 0) tool.print(`${rows.join(tool.options.value('d') ?? '\n')}\n`);
}
