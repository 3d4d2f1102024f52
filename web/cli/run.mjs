// Bundles the command line tools and runs one: `node web/cli/run.mjs NAME ARGUMENT...`.
// Why a bundle: the tools are the same TypeScript as the page, and Node 20 does not read it.
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [name, ...args] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '../..');
const outDir = resolve(root, `.cache/cli-${process.pid}`);
mkdirSync(outDir, { recursive: true });
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: {
    ssr: `web/cli/${name}.ts`,
    outDir,
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.mjs' } },
  },
});
try {
  const { main } = await import(pathToFileURL(resolve(outDir, 'main.mjs')).href);
  process.exitCode = await main(args);
} catch (error) {
  if (error?.code !== 'ENOENT' || error.path === undefined) throw error;
  console.error(`${name}: cannot read ${error.path}: No such file or directory`);
  process.exitCode = 2;
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
