import type { Simulation } from '../../engine/kernel/simulation';
import type { Op } from '../../engine/kernel/task';
import { DiskFullError } from '../../engine/kernel/disk';
import { FileError } from './file-error';
import type { FileSystem } from './file-system';
import { CountedFile, type Device, type OpenFile } from './open-file';
import type { Process } from './process';

/** A device whose reads and writes never wait. */
class SimpleDeviceFile extends CountedFile implements OpenFile {
  readonly kind = 'device';

  constructor(
    readonly name: string,
    private readonly onRead: (maxBytes: number) => Uint8Array | null,
    private readonly onWrite: () => void,
  ) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array | null {
    return this.onRead(maxBytes);
  }

  *read(maxBytes: number): Op<Uint8Array | null> {
    return this.onRead(maxBytes);
  }

  tryWrite(): boolean {
    this.onWrite();
    return true;
  }

  *write(): Op<void> {
    this.onWrite();
  }

  protected closed(): void {
    // Nothing is held.
  }
}

function simple(name: string, onRead: (maxBytes: number) => Uint8Array | null, onWrite: () => void = () => undefined): Device {
  return { name, open: () => new SimpleDeviceFile(name, onRead, onWrite) };
}

/** A new `/dev/null`, open. */
export function openNull(): OpenFile {
  return new SimpleDeviceFile('/dev/null', () => null, () => undefined);
}

function ownDescriptor(name: string, fd: number): Device {
  return {
    name,
    open(by: Process): OpenFile {
      const file = by.fds.get(fd);
      if (file === undefined) throw new FileError('ENXIO', name);
      return file.retain();
    },
  };
}

const CONTROLLING_TERMINAL: Device = {
  name: '/dev/tty',
  open(by: Process): OpenFile {
    if (by.terminal === undefined) throw new FileError('ENXIO', '/dev/tty');
    return by.terminal.open();
  },
};

/** `/dev` as programs expect it. */
export function installDevices(files: FileSystem, sim: Simulation): void {
  const random = sim.random('/dev/urandom');
  files.makeDirectories('/dev/fd');
  files.makeDevice('/dev/null', simple('/dev/null', () => null));
  files.makeDevice('/dev/zero', simple('/dev/zero', (max) => new Uint8Array(Math.min(max, 4096))));
  files.makeDevice('/dev/urandom', simple('/dev/urandom', (max) => random.bytes(Math.min(max, 4096))));
  files.makeDevice('/dev/random', simple('/dev/random', (max) => random.bytes(Math.min(max, 4096))));
  files.makeDevice('/dev/full', simple('/dev/full', (max) => new Uint8Array(Math.min(max, 4096)), () => {
    throw new DiskFullError();
  }));
  files.makeDevice('/dev/tty', CONTROLLING_TERMINAL);
  files.makeDevice('/dev/stdin', ownDescriptor('/dev/stdin', 0));
  files.makeDevice('/dev/stdout', ownDescriptor('/dev/stdout', 1));
  files.makeDevice('/dev/stderr', ownDescriptor('/dev/stderr', 2));
  for (let fd = 0; fd < 64; fd++) files.makeDevice(`/dev/fd/${fd}`, ownDescriptor(`/dev/fd/${fd}`, fd));
}
