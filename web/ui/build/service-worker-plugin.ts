import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Writes `sw.js` beside the built page: it keeps every file of the build, so that the page opens without a network.
 *
 * Why our own: the files are known at build time and none is loaded from elsewhere, so forty lines do.
 */
export function serviceWorkerPlugin(): Plugin {
  let outDir = 'dist';
  return {
    name: 'samsa:service-worker',
    apply: 'build',
    configResolved(config) { outDir = config.build.outDir; },
    async writeBundle() {
      const files = (await filesBelow(outDir)).filter((file) => file !== 'sw.js').sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(await readFile(join(outDir, file)));
      const version = hash.digest('hex').slice(0, 16);
      const urls = files.map((file) => (file === 'index.html' ? './' : `./${file}`));
      const template = await readFile(new URL('./service-worker.js', import.meta.url), 'utf8');
      const code = template.replace("'__VERSION__'", JSON.stringify(version)).replace("['__FILES__']", JSON.stringify(urls));
      await writeFile(join(outDir, 'sw.js'), code);
    },
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
