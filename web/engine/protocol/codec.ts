import { LZ4 } from './lz4';
import { SNAPPY } from './snappy';

export type CompressionType = 'none' | 'gzip' | 'snappy' | 'lz4';

/** What the batch header's lowest three bits of `attributes` say. */
export const COMPRESSION_TYPES: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4'];

/** Compresses the records of a batch. Deterministic: the same bytes give the same bytes. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array;
}

const codecs = new Map<CompressionType, Codec>([
  ['snappy', SNAPPY],
  ['lz4', LZ4],
]);

/** Hands a codec in: gzip, for which the engine would need a library. */
export function registerCodec(type: CompressionType, codec: Codec): void {
  codecs.set(type, codec);
}

/** Throws when nobody has handed that codec in: a fault in how the program was put together. */
export function codecFor(type: CompressionType): Codec {
  const codec = codecs.get(type);
  if (codec === undefined) throw new Error(`no codec was registered for ${type}`);
  return codec;
}
