import type { Container } from '../../../docker/container';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { DockerNetwork } from '../../../docker/docker-network';
import { type Image, imageSizeInBytes } from '../../../docker/image';
import { isoTime } from '../../../docker/utc-date';
import type { Volume } from '../../../docker/volume-store';
import { stateWord } from './container-format';

/** JSON as the engine's API gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function record(entries: Iterable<readonly [string, Json]>): Json {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function portMap(container: Container): Json {
  const ports = new Map<string, Json>();
  if (!container.running) return {};
  for (const port of container.config.exposedPorts) {
    const published = container.ports.filter((each) => each.containerPort === port).map((each) => ({ HostIp: each.hostIp, HostPort: String(each.hostPort) }));
    ports.set(port, published.length === 0 ? null : published);
  }
  return record(ports);
}

function portBindings(container: Container): Json {
  const bindings = new Map<string, Json[]>();
  for (const binding of container.config.portBindings) {
    const list = bindings.get(binding.containerPort) ?? [];
    list.push({ HostIp: binding.hostIp === '0.0.0.0' ? '' : binding.hostIp, HostPort: binding.hostPort === 0 ? '' : String(binding.hostPort) });
    bindings.set(binding.containerPort, list);
  }
  return record(bindings);
}

function macOf(address: string): string {
  if (address === '') return '';
  return `02:42:${address.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join(':')}`;
}

function networkSettings(container: Container, engine: DockerEngine): Json {
  const networks = [...container.networks].map(([name, endpoint]): readonly [string, Json] => {
    const network = engine.networks.find(name);
    return [
      name,
      {
        IPAMConfig: endpoint.wantedAddress === undefined ? null : { IPv4Address: endpoint.wantedAddress },
        Links: null,
        Aliases: endpoint.aliases.length === 0 ? null : [...endpoint.aliases],
        NetworkID: network?.id ?? '',
        EndpointID: endpoint.address === '' ? '' : endpoint.endpointId,
        Gateway: endpoint.address === '' ? '' : (network?.gateway ?? ''),
        IPAddress: endpoint.address,
        IPPrefixLen: endpoint.address === '' ? 0 : Number(network?.subnet.split('/')[1] ?? 16),
        IPv6Gateway: '',
        GlobalIPv6Address: '',
        GlobalIPv6PrefixLen: 0,
        MacAddress: macOf(endpoint.address),
        DriverOpts: null,
      },
    ];
  });
  const onBridge = container.networks.get('bridge');
  return {
    Bridge: '',
    SandboxID: container.running ? container.id : '',
    HairpinMode: false,
    Ports: portMap(container),
    SandboxKey: container.running ? `/var/run/docker/netns/${container.shortId}` : '',
    EndpointID: onBridge?.address ? onBridge.endpointId : '',
    Gateway: onBridge?.address ? (engine.networks.find('bridge')?.gateway ?? '') : '',
    IPAddress: onBridge?.address ?? '',
    IPPrefixLen: onBridge?.address ? 16 : 0,
    MacAddress: macOf(onBridge?.address ?? ''),
    Networks: record(networks),
  };
}

/** `docker inspect CONTAINER`: the fields of Docker 18.03 that the simulation knows. */
export function containerJson(container: Container, engine: DockerEngine): Json {
  const { config, image } = container;
  const argv = [...container.argv];
  return {
    Id: container.id,
    Created: isoTime(container.createdMs),
    Path: argv[0] ?? '',
    Args: argv.slice(1),
    State: {
      Status: stateWord(container),
      Running: container.running,
      Paused: container.status === 'paused',
      Restarting: container.status === 'restarting',
      OOMKilled: false,
      Dead: false,
      Pid: container.running ? 1000 + (container.machine.host.id % 30000) : 0,
      ExitCode: container.exitCode,
      Error: container.error,
      StartedAt: isoTime(container.startedMs),
      FinishedAt: isoTime(container.finishedMs),
    },
    Image: `sha256:${image.id}`,
    ResolvConfPath: `/var/lib/docker/containers/${container.id}/resolv.conf`,
    HostnamePath: `/var/lib/docker/containers/${container.id}/hostname`,
    HostsPath: `/var/lib/docker/containers/${container.id}/hosts`,
    LogPath: `/var/lib/docker/containers/${container.id}/${container.id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    HostConfig: {
      Binds: container.mounts.filter((mount) => mount.type === 'bind').map((mount) => `${mount.source}:${mount.destination}${mount.readOnly ? ':ro' : ':rw'}`),
      LogConfig: { Type: 'json-file', Config: {} },
      NetworkMode: [...container.networks.keys()][0] === 'bridge' ? 'default' : ([...container.networks.keys()][0] ?? 'default'),
      PortBindings: portBindings(container),
      RestartPolicy: { Name: config.restartPolicy.name, MaximumRetryCount: config.restartPolicy.maximumRetryCount },
      AutoRemove: config.autoRemove,
    },
    Mounts: container.mounts.map((mount): Json => ({
      Type: mount.type,
      ...(mount.name === '' ? {} : { Name: mount.name }),
      Source: mount.source,
      Destination: mount.destination,
      ...(mount.type === 'volume' ? { Driver: 'local' } : {}),
      Mode: mount.readOnly ? 'ro' : mount.type === 'bind' ? 'rw' : '',
      RW: !mount.readOnly,
      Propagation: mount.type === 'bind' ? 'rprivate' : '',
    })),
    Config: {
      Hostname: config.hostname,
      Domainname: '',
      User: config.user,
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      ExposedPorts: record(config.exposedPorts.map((port) => [port, {}])),
      Tty: config.tty,
      OpenStdin: config.openStdin,
      StdinOnce: false,
      Env: [...config.env],
      Cmd: config.cmd.length === 0 ? null : [...config.cmd],
      Image: config.imageName,
      Volumes: record(image.config.volumes.map((path) => [path, {}])),
      WorkingDir: config.workingDir === '/' ? '' : config.workingDir,
      Entrypoint: config.entrypoint === undefined ? null : [...config.entrypoint],
      OnBuild: null,
      Labels: record(config.labels),
    },
    NetworkSettings: networkSettings(container, engine),
  };
}

export function imageJson(image: Image): Json {
  const size = imageSizeInBytes(image);
  return {
    Id: `sha256:${image.id}`,
    RepoTags: [`${image.repository}:${image.tag}`],
    RepoDigests: [`${image.repository}@sha256:${image.digest}`],
    Parent: '',
    Comment: '',
    Created: isoTime(image.createdMs),
    DockerVersion: '17.06.2-ce',
    Author: '',
    Config: {
      ExposedPorts: record(image.config.exposedPorts.map((port) => [port, {}])),
      Env: [...image.config.env],
      Cmd: [...image.config.cmd],
      Volumes: record(image.config.volumes.map((path) => [path, {}])),
      WorkingDir: image.config.workingDir === '/' ? '' : image.config.workingDir,
      Entrypoint: image.config.entrypoint === undefined ? null : [...image.config.entrypoint],
      Labels: {},
    },
    Architecture: 'amd64',
    Os: 'linux',
    Size: size,
    VirtualSize: size,
    RootFS: { Type: 'layers', Layers: image.layers.map((layer) => `sha256:${layer.digest}`) },
  };
}

export function networkJson(network: DockerNetwork): Json {
  const active = [...network.endpoints.values()].filter((endpoint) => endpoint.address !== '');
  const prefix = network.subnet.split('/')[1] ?? '16';
  return {
    Name: network.name,
    Id: network.id,
    Created: isoTime(network.createdMs),
    Scope: 'local',
    Driver: network.driver === 'none' ? 'null' : network.driver,
    EnableIPv6: false,
    IPAM: { Driver: 'default', Options: null, Config: network.subnet === '' ? [] : [{ Subnet: network.subnet, Gateway: network.gateway }] },
    Internal: network.internal,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: record(
      active.map((endpoint) => [
        endpoint.containerId,
        { Name: endpoint.containerName, EndpointID: endpoint.endpointId, MacAddress: macOf(endpoint.address), IPv4Address: `${endpoint.address}/${prefix}`, IPv6Address: '' },
      ]),
    ),
    Options: {},
    Labels: record(network.labels),
  };
}

export function volumeJson(volume: Volume): Json {
  return {
    CreatedAt: isoTime(volume.createdMs),
    Driver: 'local',
    Labels: volume.labels.size === 0 ? null : record(volume.labels),
    Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
    Name: volume.name,
    Options: {},
    Scope: 'local',
  };
}
