// Keeps the static files of one version and the offline page. A page, a fragment or an answer of the API is never kept:
// what a person read about a client must not stay on the device.

const { version, assets } = {{ kept|as_script }}
const CACHE = `carenet-${version}`
const OFFLINE = "{% url "home:offline" %}"

self.addEventListener("install", (event) => {
  const fresh = [...assets, OFFLINE].map((url) => new Request(url, { cache: "reload" }))
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()))
})

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== self.location.origin) return

  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { cacheName: CACHE })))
  } else if (assets.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)))
  }
})
