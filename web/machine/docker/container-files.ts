import { FileError } from '../os/file-error';
import type { FileSystem } from '../os/file-system';
import type { Container } from './container';

/** Puts the image's files into a container that has not run yet, and its volumes over them. */
export function prepareFiles(container: Container, laptop: FileSystem): void {
  if (container.filesReady) return;
  container.filesReady = true;
  container.image.install(container.machine);
  const { files } = container.machine;
  files.makeDirectories('/tmp').mode = 0o1777;
  for (const mount of container.mounts) mountInto(files, laptop, mount.source, mount);
}

function mountInto(files: FileSystem, laptop: FileSystem, source: string, mount: Container['mounts'][number]): void {
  let node = laptop.find(source);
  if (node === undefined) {
    laptop.makeDirectories(source);
    node = laptop.directory(source);
  }
  const covered = files.find(mount.destination);
  const fillsVolume = mount.type === 'volume' && node.kind === 'directory' && node.entries.size === 0;
  if (fillsVolume && covered?.kind === 'directory') {
    for (const [name, child] of covered.entries) if (node.kind === 'directory') node.entries.set(name, child);
  }
  try {
    files.mount(mount.destination, node);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf`, written anew at every start, for those who look. */
export function writeNetworkFiles(container: Container): void {
  const { files, host } = container.machine;
  const lines = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet', 'ff00::0\tip6-mcastprefix', 'ff02::1\tip6-allnodes', 'ff02::2\tip6-allrouters'];
  for (const [name, address] of container.config.extraHosts) {
    lines.push(`${address}\t${name}`);
    host.hostsFile.set(name, address);
  }
  for (const endpoint of container.networks.values()) if (endpoint.address !== '') lines.push(`${endpoint.address}\t${container.config.hostname}`);
  const embeddedDns = [...container.networks.keys()].some((name) => !['bridge', 'host', 'none'].includes(name));
  files.writeFile('/etc/hosts', `${lines.join('\n')}\n`);
  files.writeFile('/etc/hostname', `${container.config.hostname}\n`);
  files.writeFile('/etc/resolv.conf', embeddedDns ? 'nameserver 127.0.0.11\noptions ndots:0\n' : 'nameserver 192.168.1.1\n');
}
