import { Condition } from '../../engine/kernel/waitables';
import { concatBytes, decodeText } from './text';

/** Where a terminal's output goes: a page's xterm, or the Docker client that attached it. */
export interface TerminalDisplay {
  /** Takes all of it. */
  show(bytes: Uint8Array): void;
  /** True when writers must wait. */
  full(): boolean;
  readonly drained: Condition;
}

/** A display that keeps what is shown until its reader, the Docker client, takes it. */
export class BufferedDisplay implements TerminalDisplay {
  private parts: Uint8Array[] = [];
  private size = 0;
  readonly drained = new Condition();
  readonly arrived = new Condition();

  constructor(private readonly capacityBytes = 65536) {}

  show(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.size += bytes.length;
    this.arrived.notifyAll();
  }

  full(): boolean {
    return this.size >= this.capacityBytes;
  }

  /** All that was shown since the last time; undefined when nothing was. */
  take(): Uint8Array | undefined {
    if (this.parts.length === 0) return undefined;
    const out = concatBytes(this.parts);
    this.parts = [];
    this.size = 0;
    this.drained.notifyAll();
    return out;
  }
}

/** A display that hands text on at once and never makes writers wait. Incomplete UTF-8 waits for its rest. */
export class DirectDisplay implements TerminalDisplay {
  readonly drained = new Condition();
  private partial: Uint8Array = new Uint8Array(0);

  constructor(private readonly onText: (text: string) => void) {}

  show(bytes: Uint8Array): void {
    const all = this.partial.length === 0 ? bytes : concatBytes([this.partial, bytes]);
    const end = completeUtf8Length(all);
    this.partial = all.slice(end);
    if (end > 0) this.onText(decodeText(all.subarray(0, end)));
  }

  full(): boolean {
    return false;
  }
}

/** How many bytes of `bytes` are whole characters. */
function completeUtf8Length(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
