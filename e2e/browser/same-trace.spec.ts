import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import * as fflate from 'fflate';
import { build } from 'vite';
import { playTapeText } from '../../web/cli/tape/play-tape-text';
import { readLabs } from '../../web/lab/build/read-labs';

test('a tape gives the same trace in Chromium as in Node', async ({ page }) => {
  const tape = readFileSync('e2e/tapes/lab-01.tape', 'utf8');
  const labs = readLabs('labs');
  const inNode = playTapeText(tape, { seed: 1, labs, libraries: { fflate } });
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: '.cache/tape-in-page', lib: { entry: 'e2e/browser/tape-in-page.ts', formats: ['iife'], name: 'tapeInPage', fileName: () => 'tape.js' }, minify: false },
  });
  await page.goto('about:blank');
  await page.addScriptTag({ path: '.cache/tape-in-page/tape.js' });
  const inPage = await page.evaluate(
    ([text, data]) => (globalThis as unknown as { tapeInPage: { play(text: string, labs: unknown): { state: string; events: number } } }).tapeInPage.play(text, data),
    [tape, labs] as const,
  );
  expect(inNode.failure).toBeUndefined();
  expect(inPage).toEqual({ state: inNode.state, events: inNode.events });
});
