import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { labs } from '../web/lab/build/vite-labs';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [labs()],
  test: {
    include: ['e2e/headless/**/*.test.ts'],
    environment: 'node',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    cache: false,
    fileParallelism: true,
    maxWorkers: 2,
  },
});
