import { defineConfig } from 'vitest/config';
import { labs } from './web/lab/build/vite-labs';

export default defineConfig({
  plugins: [labs()],
  test: {
    include: ['web/**/*.test.ts', 'web/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 30_000,
    cache: false,
  },
});
