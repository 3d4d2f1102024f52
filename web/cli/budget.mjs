// The bundle budget: everything that the built page loads until the prompt takes input, gzipped. Prints one line; fails past the gate.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const AIM_KB = 450;
const GATE_KB = 550;
const dist = process.argv[2] ?? 'dist';

function size(path) {
  const bytes = readFileSync(path);
  return path.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
}

/** Follows what a script or a style names statically: its imports, its fonts. Dynamic imports come later and do not count. */
function reached(path, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const text = path.endsWith('.woff2') ? '' : readFileSync(path, 'utf8');
  const folder = path.slice(0, path.lastIndexOf('/'));
  const names = new Set();
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.\/[^"]+\.js)"/g)) names.add(name);
  for (const [, name] of text.matchAll(/url\((\.\/[^)]+\.woff2)\)/g)) names.add(name);
  for (const [, name] of text.matchAll(/new URL\([`"']([^`"']*worker[^`"']*\.js)[`"']/g)) names.add(name);
  for (const name of names) reached(join(folder, name.replace(/^\/?assets\//, '')), seen);
}

/** Everything before the prompt: the page, what it links, and the worker. */
export function firstLoad(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const seen = new Set();
  for (const [, name] of html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)) reached(join(folder, name), seen);
  for (const name of readdirSync(join(folder, 'assets'))) if (/worker.*\.js$/.test(name)) reached(join(folder, 'assets', name), seen);
  seen.add(join(folder, 'index.html'));
  return [...seen].map((path) => ({ path, kB: size(path) / 1000 })).sort((a, b) => b.kB - a.kB);
}

const files = firstLoad(dist);
const total = files.reduce((sum, each) => sum + each.kB, 0);
for (const { path, kB } of files) console.log(`${kB.toFixed(1).padStart(8)} kB  ${path}`);
console.log(`first load ${total.toFixed(1)} kB gzip (aim ${AIM_KB}, gate ${GATE_KB})`);
if (total > GATE_KB) process.exitCode = 1;
