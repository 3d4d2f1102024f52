import type { ContainerLog } from '../machine/docker/container-log';
import { concatBytes, decodeText } from '../machine/os/text';

/** All that a container wrote, both streams in their order, as `docker logs` has it. */
export function containerText(log: ContainerLog): string {
  const parts: Uint8Array[] = [];
  for (let index = log.first; index < log.end; index++) {
    const entry = log.entry(index);
    if (entry !== undefined) parts.push(entry.bytes);
  }
  return parts.length === 0 ? '' : decodeText(concatBytes(parts));
}
