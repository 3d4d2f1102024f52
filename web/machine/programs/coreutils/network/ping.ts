import type { Op } from '../../../../engine/kernel/task';
import { ProcessExit } from '../../../os/program';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { tryConnect } from '../../lib/probe';

const ECHO_PORT = 7;

class Stopped {}

/** Asks whether a host answers. Simplified: the echo is a TCP connection that the host refuses. */
export const ping = gnuProgram({
  name: 'ping',
  usage: ['[options] <destination>'],
  about: 'Send ICMP ECHO_REQUEST to network hosts.',
  version: 'from iputils 20221126',
  usageCode: 2,
  options: { short: '46c:i:W:w:qnvs:t:I:', long: {} },
  *run(tool) {
    const { operands, options, process } = tool;
    const [name] = operands;
    if (name === undefined) return tool.fail('usage error: Destination address required', 1);
    const count = options.value('c');
    if (count !== undefined && !/^[1-9]\d*$/.test(count)) tool.fail(`invalid argument: '${count}'`, 1);
    const [address] = process.machine.host.resolve(name);
    if (address === undefined) return tool.fail(`${name}: Name or service not known`, 2);
    const run = new Pings(tool, name, address);
    return yield* run.run(Number(count ?? Infinity), Number(options.value('i') ?? 1) * 1e6, Number(options.value('W') ?? 10) * 1e6);
  },
});

class Pings {
  private sent = 0;
  private readonly times: number[] = [];
  private readonly startedUs: number;

  constructor(
    private readonly tool: GnuTool,
    private readonly name: string,
    private readonly address: string,
  ) {
    this.startedUs = tool.process.machine.sim.nowUs;
  }

  *run(count: number, intervalUs: number, waitUs: number): Op<number> {
    const { tool } = this;
    tool.process.onSignal('SIGINT', () => tool.process.interrupt(new Stopped()));
    tool.print(`PING ${this.name} (${this.address}) 56(84) bytes of data.\n`);
    yield* tool.drain();
    try {
      for (let i = 1; i <= count; i++) {
        yield* this.once(i, waitUs);
        if (i < count) yield* tool.process.sleep(intervalUs);
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
    return yield* this.statistics();
  }

  private *once(sequence: number, waitUs: number): Op<void> {
    const { tool } = this;
    const { sim, host } = tool.process.machine;
    this.sent += 1;
    const before = sim.nowUs;
    const result = yield* tryConnect(tool.process, { address: this.address, port: ECHO_PORT }, waitUs);
    if ('failure' in result && result.failure === 'no-route') tool.print(`From ${host.address} icmp_seq=${sequence} Destination Host Unreachable\n`);
    else if (!('failure' in result) || result.failure === 'refused') {
      if ('endpoint' in result) result.endpoint.close();
      const ms = (sim.nowUs - before) / 1000;
      this.times.push(ms);
      const name = host.reverseResolve(this.address) ?? this.name;
      const from = name === this.address ? this.address : `${name} (${this.address})`;
      if (!tool.options.has('q')) tool.print(`64 bytes from ${from}: icmp_seq=${sequence} ttl=64 time=${ms.toFixed(3)} ms\n`);
    }
    yield* tool.drain();
  }

  private *statistics(): Op<number> {
    const { tool, times } = this;
    const loss = this.sent === 0 ? 0 : Math.round((100 * (this.sent - times.length)) / this.sent);
    const total = Math.round((tool.process.machine.sim.nowUs - this.startedUs) / 1000);
    tool.print(`\n--- ${this.name} ping statistics ---\n${this.sent} packets transmitted, ${times.length} received, ${loss}% packet loss, time ${total}ms\n`);
    if (times.length > 0) {
      const average = times.reduce((sum, each) => sum + each, 0) / times.length;
      const deviation = Math.sqrt(times.reduce((sum, each) => sum + (each - average) * (each - average), 0) / times.length);
      tool.print(`rtt min/avg/max/mdev = ${[Math.min(...times), average, Math.max(...times), deviation].map((each) => each.toFixed(3)).join('/')} ms\n`);
    }
    yield* tool.drain();
    throw new ProcessExit(times.length > 0 ? 0 : 1);
  }
}
