import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { labs } from './web/lab/build/vite-labs';
import { serviceWorkerPlugin } from './web/ui/build/service-worker-plugin';
import { singleFilePlugin } from './web/ui/build/single-file-plugin';

/** `vite build` makes the static site; `vite build --mode file` one HTML file that works from disk. */
export default defineConfig(({ mode }) => {
  const oneFile = mode === 'file';
  return {
    base: oneFile ? '/' : './',
    define: { __ONE_FILE__: JSON.stringify(oneFile) },
    plugins: [react(), labs(), oneFile ? singleFilePlugin('dist/samsa.html') : serviceWorkerPlugin()],
    resolve: {
      alias: oneFile ? [{ find: /^(.*)\/worker-port$/, replacement: '$1/worker-port-inline' }] : [],
    },
    worker: {
      plugins: () => [labs()],
      format: oneFile ? 'iife' as const : 'es' as const,
      rolldownOptions: oneFile ? { output: { codeSplitting: false } } : {},
    },
    build: {
      // The one file is built apart, so that it does not touch the site's own page.
      outDir: oneFile ? '.cache/one-file' : 'dist',
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: oneFile ? Number.MAX_SAFE_INTEGER : 0,
      cssCodeSplit: !oneFile,
      copyPublicDir: !oneFile,
      modulePreload: oneFile ? false : { polyfill: false },
      chunkSizeWarningLimit: 1500,
      // In one file nothing is loaded by its address, so that `import.meta` is empty there does no harm.
      rolldownOptions: oneFile ? { output: { format: 'iife' as const, codeSplitting: false }, checks: { emptyImportMeta: false } } : {},
    },
    server: { host: '127.0.0.1', port: 5173, strictPort: false },
    preview: { host: '127.0.0.1' },
  };
});
