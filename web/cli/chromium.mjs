// Finds a Chromium for the tests: an installed one, else Playwright's own, else Debian's package when run as root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Debian's Chromium as root, on a machine without a network. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function isRoot() {
  return typeof process.getuid === 'function' && process.getuid() === 0;
}

function installDebianPackage() {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return undefined;
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return INSTALLED.find((path) => existsSync(path));
}

/** The path of a Chromium. Throws an Error that says what to install when none can be had. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && existsSync(named)) return named;
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  let reason = '';
  try {
    const path = installDebianPackage();
    if (path !== undefined) return path;
  } catch (error) {
    reason = ` (${error instanceof Error ? error.message : error})`;
  }
  throw new Error(`The browser tests need a Chromium${reason}: install Debian's package "chromium", or run "npx playwright install chromium", or set CHROMIUM_PATH.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await findChromium());
