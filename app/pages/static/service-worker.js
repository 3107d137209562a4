// Answers for the pages that this browser keeps (see offline.js) where the network does not.
// With a network it changes nothing: every request goes there first, and what is not part of a kept page is left alone.
const { pathname: BASE } = new URL(self.registration.scope);
const CACHE_PREFIX = `thoracic-mobility ${BASE} `;
const KEPT_PATHS = /^(routines|sessions|pages|favicon\.ico|v1\/routines|v1\/exercises\/[^/]+\/figure\.svg)/;
const MAX_WAIT_MS = 4000;

async function findKept(request) {
  const options = { ignoreSearch: request.mode === "navigate", ignoreVary: true };
  const names = (await caches.keys()).filter(name => name.startsWith(CACHE_PREFIX));
  for (const name of names.reverse()) { // the newest first
    const kept = await caches.match(request, { ...options, cacheName: name });
    if (kept) return kept;
  }
}

function answer(request) {
  const network = fetch(request);
  const kept = async () => (await findKept(request)) ?? network;
  const waited = new Promise(resume => setTimeout(resume, MAX_WAIT_MS));
  return Promise.race([network.catch(kept), waited.then(kept)]);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => {
  const { origin, pathname } = new URL(event.request.url);
  const isOurs = origin === location.origin && event.request.method === "GET";
  if (isOurs && KEPT_PATHS.test(pathname.slice(BASE.length))) event.respondWith(answer(event.request));
});
