/** Set by the build: true in the page that is one file. */
declare const __ONE_FILE__: boolean;

/** Lets the browser keep the whole page, so that it opens without a network. A page from disk is there anyway. */
export function keepOffline(): void {
  if (__ONE_FILE__ || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => { void navigator.serviceWorker.register('./sw.js').catch(() => undefined); });
}
