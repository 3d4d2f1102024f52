// Keeps every file of one build and answers from there first. The build fills in the version and the list.
const CACHE = `samsa-${'__VERSION__'}`;
const FILES = ['__FILES__'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })))).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith('samsa-') && name !== CACHE);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  // Some servers vary by Origin, which differs between the page's own requests and those of the install step.
  const kept = (what) => caches.match(what, { ignoreVary: true, ignoreSearch: true });
  const page = () => kept(new URL('./', self.registration.scope).href);
  event.respondWith((request.mode === 'navigate' ? page() : kept(request)).then((hit) => hit ?? fetch(request)));
});
