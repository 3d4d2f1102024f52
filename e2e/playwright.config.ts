import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../web/cli/chromium.mjs';

export default defineConfig({
  testDir: './browser',
  outputDir: '../test-results',
  timeout: 180_000,
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../.cache/playwright.json' }]],
  use: {
    baseURL: 'http://127.0.0.1:4173/',
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: await findChromium(), args: CHROMIUM_ARGS },
    trace: 'off',
  },
  webServer: {
    command: 'npx vite preview --port 4173 --strictPort --host 127.0.0.1',
    cwd: '..',
    env: { VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
    url: 'http://127.0.0.1:4173/',
    reuseExistingServer: false,
  },
});
