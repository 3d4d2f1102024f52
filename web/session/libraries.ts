import { registerCodec } from '../engine/protocol/codec';

/** The packages that come late: deflate, for compressed record batches. */
export interface LibrarySet {
  readonly fflate: {
    gzipSync(data: Uint8Array, options: { mtime: number }): Uint8Array;
    gunzipSync(data: Uint8Array): Uint8Array;
  };
}

/** Hands the packages to those who need them. Must happen before the first input that could use them. */
export function provideLibraries({ fflate }: LibrarySet): void {
  // Without a time of its own, so that the same records give the same bytes.
  registerCodec('gzip', { compress: (bytes) => fflate.gzipSync(bytes, { mtime: 0 }), decompress: (bytes) => fflate.gunzipSync(bytes) });
}
