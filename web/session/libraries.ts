/** The packages that come late: YAML with its positions, and deflate. */
export interface LibrarySet {
  readonly yaml: typeof import('yaml');
  readonly fflate: { gzipSync(data: Uint8Array): Uint8Array; gunzipSync(data: Uint8Array): Uint8Array };
}

/** Where the machine finds them. Asking before they were handed in is our own bug. */
export class Libraries {
  private set: LibrarySet | undefined;

  provide(set: LibrarySet): void {
    this.set = set;
  }

  get yaml(): LibrarySet['yaml'] {
    return this.loaded().yaml;
  }

  get fflate(): LibrarySet['fflate'] {
    return this.loaded().fflate;
  }

  private loaded(): LibrarySet {
    if (this.set === undefined) throw new Error('an input that needs a library came before the library');
    return this.set;
  }
}
