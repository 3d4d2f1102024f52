import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { readLabs } from './read-labs';

const PUBLIC_ID = 'virtual:labs';
const RESOLVED_ID = '\0virtual:labs';

/** Makes `import { LABS } from 'virtual:labs'` give every lab as data, parsed at build time. */
export function labs(): Plugin {
  const root = resolve('labs');
  return {
    name: 'samsa-labs',
    resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      const data = readLabs(root);
      for (const lab of data) this.addWatchFile(resolve(root, lab.document.id, 'lab.md'));
      return `export const LABS = ${JSON.stringify(data)};`;
    },
  };
}
