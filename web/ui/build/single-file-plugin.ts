import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/**
 * Turns the build into one HTML file that works from disk: a classic script and a style, both inside the page.
 *
 * Why: a page from disk may load no module, no other file and no worker from a URL. The bundle has to be one chunk already
 * (`codeSplitting: false`), with fonts as data and the worker inlined.
 */
export function singleFilePlugin(target: string): Plugin {
  let outDir = 'dist';
  let publicDir = 'public';
  return {
    name: 'samsa:single-file',
    apply: 'build',
    enforce: 'post',
    configResolved(config) { ({ build: { outDir }, publicDir } = config); },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build made no index.html');
        const icon = await readFile(join(publicDir, 'icon.svg'), 'base64');
        page.source = inlineAll(String(page.source), bundle).replace(/href="[^"]*icon\.svg"/, () => `href="data:image/svg+xml;base64,${icon}"`);
        for (const name of Object.keys(bundle)) if (name !== 'index.html') delete bundle[name];
      },
    },
    async writeBundle() {
      await mkdir(dirname(target), { recursive: true });
      await rename(join(outDir, 'index.html'), target);
    },
  };
}

function inlineAll(html: string, bundle: Rolldown.OutputBundle): string {
  const scripts: string[] = [];
  const styles: string[] = [];
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk') scripts.push(output.code);
    else if (output.fileName.endsWith('.css')) styles.push(String(output.source));
  }
  const bare = html
    .replace(/<script\b[^>]*\bsrc=[^>]*><\/script>/g, '')
    .replace(/<link\b[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*>/g, '');
  const style = `<style>${styles.join('\n')}</style>`;
  const script = scripts.map((code) => `<script>${code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--')}</script>`).join('\n');
  return bare.replace('</head>', () => `${style}</head>`).replace('</body>', () => `${script}</body>`);
}
