import { DockerError } from '../../../docker/docker-error';
import { DOCKER_COSTS } from '../../../docker/docker-costs';
import type { DockerCommand } from '../cli/docker-command';
import { confirm } from '../cli/confirm';
import { forEachName } from '../cli/container-results';
import { printList } from '../cli/list-output';

const PREDEFINED = ['bridge', 'host', 'none'];

export const networkList: DockerCommand = {
  use: 'ls [OPTIONS]',
  short: 'List networks',
  aliases: ['list'],
  args: { min: 0, max: 0 },
  flags: [
    { name: 'filter', short: 'f', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'driver=bridge')" },
    { name: 'format', kind: 'string', usage: 'Pretty-print networks using a Go template' },
    { name: 'no-trunc', kind: 'bool', usage: 'Do not truncate the output' },
    { name: 'quiet', short: 'q', kind: 'bool', usage: 'Only display network IDs' },
  ],
  *run({ process, engine, flags }) {
    const wanted = flags.list('filter').map((filter) => filter.split('=') as [string, string]);
    const networks = engine.networks.list().filter((network) =>
      wanted.every(([key, value]) => (key === 'name' ? network.name.includes(value) : key === 'driver' ? network.driver === value : key === 'id' ? network.id.startsWith(value) : true)),
    );
    const rows = networks.map((network) => ({
      ID: flags.bool('no-trunc') ? network.id : network.id.slice(0, 12),
      Name: network.name,
      Driver: network.driver === 'none' ? 'null' : network.driver,
      Scope: 'local',
      Labels: [...network.labels].map(([key, value]) => `${key}=${value}`).join(','),
    }));
    yield* printList(process, rows, {
      columns: [['ID', 'NETWORK ID'], ['Name', 'NAME'], ['Driver', 'DRIVER'], ['Scope', 'SCOPE']],
      format: flags.string('format'),
      quiet: flags.bool('quiet'),
      idField: 'ID',
    });
    return 0;
  },
};

export const networkCreate: DockerCommand = {
  use: 'create [OPTIONS] NETWORK',
  short: 'Create a network',
  args: { min: 1, max: 1 },
  flags: [
    { name: 'attachable', kind: 'bool', usage: 'Enable manual container attachment' },
    { name: 'aux-address', kind: 'list', valueName: 'map', usage: 'Auxiliary IPv4 or IPv6 addresses used by Network driver', defaultValue: 'map[]' },
    { name: 'config-from', kind: 'string', usage: 'The network from which copying the configuration' },
    { name: 'config-only', kind: 'bool', usage: 'Create a configuration only network' },
    { name: 'driver', short: 'd', kind: 'string', usage: 'Driver to manage the Network', defaultValue: 'bridge' },
    { name: 'gateway', kind: 'list', valueName: 'strings', usage: 'IPv4 or IPv6 Gateway for the master subnet' },
    { name: 'ingress', kind: 'bool', usage: 'Create swarm routing-mesh network' },
    { name: 'internal', kind: 'bool', usage: 'Restrict external access to the network' },
    { name: 'ip-range', kind: 'list', valueName: 'strings', usage: 'Allocate container ip from a sub-range' },
    { name: 'ipam-driver', kind: 'string', usage: 'IP Address Management Driver', defaultValue: 'default' },
    { name: 'ipam-opt', kind: 'list', valueName: 'map', usage: 'Set IPAM driver specific options', defaultValue: 'map[]' },
    { name: 'ipv6', kind: 'bool', usage: 'Enable IPv6 networking' },
    { name: 'label', kind: 'list', usage: 'Set metadata on a network' },
    { name: 'opt', short: 'o', kind: 'list', valueName: 'map', usage: 'Set driver specific options', defaultValue: 'map[]' },
    { name: 'scope', kind: 'string', usage: "Control the network's scope" },
    { name: 'subnet', kind: 'list', valueName: 'strings', usage: 'Subnet in CIDR format that represents a network segment' },
  ],
  *run({ process, engine, flags, args }) {
    const driver = flags.string('driver');
    if (driver !== 'bridge') throw new DockerError(`plugin "${driver}" not found`, 404);
    yield* process.sleep(DOCKER_COSTS.createNetworkUs);
    const subnet = flags.list('subnet')[0];
    const labels = new Map(flags.list('label').map((each) => each.split('=', 2) as [string, string]));
    const network = engine.networks.create(args[0] as string, { labels, internal: flags.bool('internal'), ...(subnet === undefined ? {} : { subnet }) });
    yield* process.out(`${network.id}\n`);
    return 0;
  },
};

export const networkRemove: DockerCommand = {
  use: 'rm NETWORK [NETWORK...]',
  short: 'Remove one or more networks',
  aliases: ['remove'],
  args: { min: 1, max: Infinity },
  flags: [],
  completes: 'network',
  run: ({ process, engine, args }) =>
    forEachName(process, args, function* (name) {
      yield* process.sleep(DOCKER_COSTS.removeNetworkUs);
      engine.networks.remove(name);
    }),
};

export const networkConnect: DockerCommand = {
  use: 'connect [OPTIONS] NETWORK CONTAINER',
  short: 'Connect a container to a network',
  args: { min: 2, max: 2 },
  flags: [
    { name: 'alias', kind: 'list', valueName: 'strings', usage: 'Add network-scoped alias for the container' },
    { name: 'ip', kind: 'string', usage: 'IPv4 address (e.g., 172.30.100.104)' },
    { name: 'ip6', kind: 'string', usage: 'IPv6 address (e.g., 2001:db8::33)' },
    { name: 'link', kind: 'list', usage: 'Add link to another container' },
    { name: 'link-local-ip', kind: 'list', valueName: 'strings', usage: 'Add a link-local address for the container' },
  ],
  completes: 'network',
  *run({ engine, flags, args, process }) {
    const container = engine.container(args[1] as string);
    yield* process.sleep(DOCKER_COSTS.requestUs);
    const aliases = [...flags.list('alias'), container.shortId];
    engine.networks.connect(container, { network: args[0] as string, aliases, ...(flags.has('ip') ? { address: flags.string('ip') } : {}) });
    return 0;
  },
};

export const networkDisconnect: DockerCommand = {
  use: 'disconnect [OPTIONS] NETWORK CONTAINER',
  short: 'Disconnect a container from a network',
  args: { min: 2, max: 2 },
  flags: [{ name: 'force', short: 'f', kind: 'bool', usage: 'Force the container to disconnect from a network' }],
  completes: 'network',
  *run({ engine, args, process }) {
    yield* process.sleep(DOCKER_COSTS.requestUs);
    engine.networks.disconnect(engine.container(args[1] as string), args[0] as string);
    return 0;
  },
};

export const networkPrune: DockerCommand = {
  use: 'prune [OPTIONS]',
  short: 'Remove all unused networks',
  args: { min: 0, max: 0 },
  flags: [
    { name: 'filter', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'until=<timestamp>')" },
    { name: 'force', short: 'f', kind: 'bool', usage: 'Do not prompt for confirmation' },
  ],
  *run({ process, engine, flags }) {
    const asked = flags.bool('force') || (yield* confirm(process, 'WARNING! This will remove all networks not used by at least one container.\nAre you sure you want to continue?'));
    if (!asked) return 0;
    const unused = engine.networks.list().filter((network) => !PREDEFINED.includes(network.name) && network.endpoints.size === 0);
    for (const network of unused) engine.networks.remove(network.name);
    if (unused.length > 0) yield* process.out(`Deleted Networks:\n${unused.map((network) => `${network.name}\n`).join('')}\n`);
    return 0;
  },
};
