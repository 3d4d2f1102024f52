import { Delay, firstOf } from '../../../../engine/kernel/waitables';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { FAILURE_TEXTS, tryConnect } from '../../lib/probe';

const ANSWER_WAIT_US = 1_000_000;

/** Connects to a port. Simplified: no listening, TCP only; servers here speak their own messages and answer bytes only where they know them. */
export const nc = gnuProgram({
  name: 'nc',
  usage: ['[-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]'],
  about: 'Arbitrary TCP and UDP connections and listens.',
  version: 'OpenBSD netcat',
  options: { short: '46CdDhi:klNnp:q:s:uUvw:zZ' },
  *run(tool) {
    const { operands, options, process } = tool;
    const [name, portText] = operands;
    if (options.has('l')) tool.fail('listening is not simulated');
    if (name === undefined || portText === undefined) return tool.usageError('missing port number');
    const [address] = process.machine.host.resolve(name);
    if (address === undefined) return tool.fail(`getaddrinfo for host "${name}" port ${portText}: Name or service not known`);
    const range = /^(\d+)(?:-(\d+))?$/.exec(portText);
    if (range === null) return tool.fail(`port number invalid: ${portText}`);
    let status = 1;
    for (let port = Number(range[1]); port <= Number(range[2] ?? range[1]); port++) {
      if (yield* connectOnce(tool, { name, address, port })) status = 0;
    }
    return status;
  },
});

function* connectOnce(tool: GnuTool, target: { name: string; address: string; port: number }) {
  const { process, options } = tool;
  const wait = options.value('w');
  const result = yield* tryConnect(process, target, wait === undefined ? Infinity : Number(wait) * 1e6);
  const where = target.name === target.address ? target.name : `${target.name} (${target.address})`;
  if ('failure' in result) {
    if (options.has('v')) yield* tool.complain(`connect to ${where} port ${target.port} (tcp) failed: ${FAILURE_TEXTS[result.failure]}`);
    return false;
  }
  if (options.has('v')) yield* process.err(`Connection to ${where} ${target.port} port [tcp/*] succeeded!\n`);
  if (!options.has('z')) {
    for (let chunk = yield* process.read(0); chunk !== null; chunk = yield* process.read(0)) result.endpoint.send(chunk.slice(), chunk.length);
    yield* firstOf(result.closed, new Delay(process.machine.sim, ANSWER_WAIT_US));
    for (const bytes of result.received) yield* process.out(bytes);
  }
  result.endpoint.close();
  return true;
}
