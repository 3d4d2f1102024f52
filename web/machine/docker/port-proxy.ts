import type { ConnectionHandler, Endpoint } from '../../engine/network/connection';
import { type Host, type Listener, ListenError } from '../../engine/network/host';
import { DockerError } from './docker-error';

/** A published port that is open now. */
export interface PublishedPort {
  /** `9092/tcp`. */
  readonly containerPort: string;
  readonly hostIp: string;
  readonly hostPort: number;
  close(): void;
}

/** What waits until the way to the container is open. */
interface Waiting {
  readonly message: unknown;
  readonly sizeInBytes: number;
}

/** One connection that passes through: from the laptop's port to the container's. */
class ProxiedConnection {
  private upstream: Endpoint | undefined;
  private waiting: Waiting[] = [];
  private closed = false;

  constructor(
    private readonly downstream: Endpoint,
    laptop: Host,
    target: { readonly address: string; readonly port: number },
  ) {
    laptop.connect(target, {
      onConnected: (endpoint) => this.connected(endpoint),
      onFailed: () => this.downstream.close(),
    });
  }

  readonly handler: ConnectionHandler = {
    onMessage: (_endpoint, message, sizeInBytes) => {
      if (this.upstream === undefined) this.waiting.push({ message, sizeInBytes });
      else this.upstream.send(message, sizeInBytes);
    },
    onClosed: () => {
      this.closed = true;
      this.upstream?.close();
    },
  };

  private connected(endpoint: Endpoint): ConnectionHandler {
    this.upstream = endpoint;
    if (this.closed) endpoint.close();
    for (const { message, sizeInBytes } of this.waiting.splice(0)) endpoint.send(message, sizeInBytes);
    return {
      onMessage: (_endpoint, message, sizeInBytes) => {
        this.downstream.send(message, sizeInBytes);
      },
      onClosed: () => this.downstream.close(),
    };
  }
}

/**
 * Opens a port of the laptop that leads into a container, as docker-proxy does. Throws DockerError when the port is taken.
 *
 * `owned` are the ports that other containers have published: the engine knows those, the kernel says the rest.
 */
export function publishPort(
  laptop: Host,
  binding: { readonly containerPort: string; readonly hostIp: string; readonly hostPort: number; readonly address: string },
  owned: (port: number) => boolean,
): PublishedPort {
  const { hostPort, hostIp, containerPort, address } = binding;
  if (owned(hostPort)) throw new DockerError(`Bind for ${hostIp}:${hostPort} failed: port is already allocated`);
  const target = { address, port: Number.parseInt(containerPort, 10) };
  let listener: Listener;
  try {
    listener = laptop.listen(
      { port: hostPort, ...(hostIp === '0.0.0.0' ? {} : { address: hostIp }) },
      (endpoint) => new ProxiedConnection(endpoint, laptop, target).handler,
    );
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    const why = error.code === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address';
    throw new DockerError(`Error starting userland proxy: listen tcp ${hostIp}:${hostPort}: bind: ${why}`);
  }
  return { containerPort, hostIp, hostPort, close: () => listener.close() };
}
