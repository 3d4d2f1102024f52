import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { readLabs } from '../lab/build/read-labs';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';
import { parseArguments } from './arguments';

const PORT = 4188;
const SIZES = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }] as const;
const THEMES = ['light', 'dark'] as const;

/** Takes a picture of each step of the first lab, at both sizes in both themes, into `screenshots/`. Returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const { options } = parseArguments(argv, { flags: ['no-build'], values: ['out', 'only'] });
  const out = options.out ?? 'screenshots';
  mkdirSync(out, { recursive: true });
  if (options['no-build'] === undefined) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: PORT, strictPort: true } });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });
  try {
    for (const size of SIZES) {
      for (const theme of THEMES) {
        const name = `${size.width}-${theme}`;
        if (options.only !== undefined && options.only !== name) continue;
        const context = await browser.newContext({ viewport: size, colorScheme: theme });
        await takePictures(await context.newPage(), (step) => `${out}/${step}-${name}.png`);
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

async function takePictures(page: Page, path: (step: string) => string): Promise<void> {
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await shows(page, 1, 'laptop:01-Verify-Installation$');
  const shot = async (step: string): Promise<void> => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: path(step) });
  };
  await shot('0-start');
  const commands = (readLabs('labs')[0]?.document.steps ?? []).map((step) => step.body.flatMap((piece) => (piece.kind === 'sh' ? piece.text.split('\n') : [])));
  for (const line of commands[0] ?? []) await type(page, 1, line);
  await shows(page, 1, 'https://docs.docker.com/engine/userguide/');
  await shot('1-docker');
  await type(page, 1, commands[1]?.[0] ?? '');
  await shows(page, 1, '[KafkaServer id=1001] started');
  await shot('2-cluster');
  await addTerminal(page, 2);
  await type(page, 2, commands[2]?.[0] ?? '');
  await shows(page, 2, 'Created topic');
  await shot('3-topic');
  await type(page, 2, commands[3]?.[0] ?? '');
  await page.waitForTimeout(3000);
  await addTerminal(page, 3);
  await type(page, 3, commands[3]?.[1] ?? '');
  await page.waitForTimeout(4000);
  await type(page, 2, 'Hello World!');
  await page.waitForFunction(() => document.querySelector('[data-testid="travel"][data-api="Produce"]') !== null, undefined, { timeout: 10_000, polling: 'raf' });
  await page.screenshot({ path: path('4-travel') });
  await shows(page, 3, 'Hello World!');
  await type(page, 2, 'This is a test message');
  await shows(page, 3, 'This is a test message');
  await shot('4-records');
  await page.getByRole('tab', { name: /Topic/ }).click();
  await shot('4-topic-view');
  await page.getByRole('tab', { name: /Cluster/ }).click();
  await type(page, 2, 'This is another message that will show up at the consumer');
  await shows(page, 3, 'another message');
  await press(page, 3, 'Control+c');
  await press(page, 2, 'Control+c');
  await shows(page, 2, 'laptop:01-Verify-Installation$');
  await type(page, 2, 'docker-compose down');
  await shows(page, 2, 'Removing network');
  await shot('5-down');
}

async function press(page: Page, terminal: number, key: string): Promise<void> {
  await page.locator(`[data-testid="terminal-${terminal}"] .xterm-helper-textarea`).focus();
  await page.keyboard.press(key);
}

async function type(page: Page, terminal: number, text: string): Promise<void> {
  await page.locator(`[data-testid="terminal-${terminal}"] .xterm-helper-textarea`).focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function addTerminal(page: Page, terminal: number): Promise<void> {
  await page.getByRole('button', { name: /new terminal|add a terminal|open a terminal/i }).first().click();
  await shows(page, terminal, 'laptop:01-Verify-Installation$');
}

async function shows(page: Page, terminal: number, text: string): Promise<void> {
  await page.waitForFunction(
    ([number, wanted]) => (document.querySelector(`[data-testid="terminal-${number}"] .xterm-rows`)?.textContent ?? '').replaceAll(/[\s\u00a0]/g, '').includes(wanted),
    [terminal, text.replaceAll(/\s/g, '')] as const,
    { timeout: 120_000 },
  );
}
