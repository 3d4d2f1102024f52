/** A content hash for what has no real bytes here: always the same for a name. `prefix` gives the first digits when they are known. */
export function digestOf(name: string, prefix = ''): string {
  let out = prefix;
  let hash = 0x811c9dc5;
  for (let round = 0; out.length < 64; round++) {
    for (const letter of `${round}:${name}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    hash ^= hash >>> 15;
    out += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return out.slice(0, 64);
}

const KB = 1000;

/** Layers from their sizes (kB compressed, kB unpacked), named after the image. */
export function layersOf(image: string, rows: readonly (readonly [compressedKb: number, sizeKb: number, digits?: string])[]): { digest: string; compressedBytes: number; sizeInBytes: number }[] {
  return rows.map(([compressed, size, digits], index) => ({
    digest: digestOf(`${image} layer ${index}`, digits),
    compressedBytes: Math.round(compressed * KB),
    sizeInBytes: Math.round(size * KB),
  }));
}
