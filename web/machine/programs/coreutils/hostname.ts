import { gnuProgram } from '../lib/gnu-tool';

/** The name of the machine. Simplified: it cannot be set. */
export const hostname = gnuProgram({
  name: 'hostname',
  usage: ['[-b] {hostname|-F file}', '[-a|-A|-d|-f|-i|-I|-s|-y]'],
  about: 'Show or set the host name of the system.',
  version: '3.23',
  options: { short: 'aAbdfF:iIsy', long: { fqdn: 'f', long: 'f', short: 's', 'ip-address': 'i', 'all-ip-addresses': 'I', domain: 'd', alias: 'a' } },
  *run(tool) {
    const { machine } = tool.process;
    if (tool.operands.length > 0) tool.fail('you must be root to change the host name');
    if (tool.options.has('I')) yield* tool.process.out(`${machine.host.addresses.slice(1).map((address) => `${address} `).join('')}\n`);
    else if (tool.options.has('i')) yield* tool.process.out(`${machine.host.address}\n`);
    else if (tool.options.has('d', 'a', 'y')) yield* tool.process.out(tool.options.has('y') ? '(none)\n' : '\n');
    else yield* tool.process.out(`${machine.hostname}\n`);
  },
});
