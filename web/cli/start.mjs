// `npm start`: builds the page, serves it on this machine only, prints the address.
// Vite would say that a coming version reads this project's settings in another way.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true';
const { build, preview } = await import('vite');

await build({ logLevel: 'warn' });
const server = await preview({ logLevel: 'warn', preview: { host: '127.0.0.1', port: 4173 } });
console.log(`Samsa is at ${server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4173/'} (Ctrl+C stops it)`);
