export type CompressionType = 'none' | 'gzip' | 'snappy' | 'lz4';

/** What the batch header's lowest three bits of `attributes` say. */
export const COMPRESSION_TYPES: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4'];

/** Compresses the records of a batch. Deterministic: the same bytes give the same bytes. */
export interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array;
}

const codecs = new Map<CompressionType, Codec>();

/** Hands a codec in. The engine brings none that needs a library. */
export function registerCodec(type: CompressionType, codec: Codec): void {
  codecs.set(type, codec);
}

/** Throws when nobody has handed that codec in: a fault in how the program was put together. */
export function codecFor(type: CompressionType): Codec {
  const codec = codecs.get(type);
  if (codec === undefined) throw new Error(`no codec was registered for ${type}`);
  return codec;
}
