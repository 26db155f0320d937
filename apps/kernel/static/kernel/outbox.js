// What somebody has sent and the server does not have yet: kept on this device, so that a closed browser loses nothing.
//
//   canKeep()                                  only where the page is served safely: there alone a browser can encrypt
//   await keep({ key, owner, at, …, files })   whatever can be written as JSON, and files
//   await kept(owner)                          what this person has kept here, the oldest first
//   await drop(key)                            the server has it
//   await empty()                              at sign-out, and wherever somebody is asked to sign in
//
// Encrypted with AES-GCM under a key that no script can read out; only whose it is and its order lie open.

const NAME = "carenet-outbox"
const KEYS = "keys"
const ENTRIES = "entries"

export function canKeep() {
  return Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB)
}

export async function keep({ key, owner, at, files, ...words }) {
  const own = await ownKey()
  const text = new TextEncoder().encode(JSON.stringify(words))
  const sealed = []
  for (const file of files) {
    const about = new TextEncoder().encode(JSON.stringify({ name: file.name, type: file.type }))
    sealed.push({ about: await seal(own, about), content: await seal(own, await file.arrayBuffer()) })
  }
  const entry = { key, owner, at, words: await seal(own, text), files: sealed }
  await inStores("readwrite", (stores) => stores.objectStore(ENTRIES).put(entry))
}

export async function kept(owner) {
  if (!canKeep()) return []

  const own = await ownKey()
  const all = await inStores("readonly", (stores) => stores.objectStore(ENTRIES).getAll())
  const mine = all.filter((entry) => entry.owner === owner).sort((one, other) => one.at - other.at)
  return Promise.all(mine.map((entry) => opened(own, entry)))
}

export function drop(key) {
  return inStores("readwrite", (stores) => stores.objectStore(ENTRIES).delete(key))
}

// First its content, at once: another tab may hold the database itself open.
export async function empty() {
  if (!canKeep()) return

  await inStores("readwrite", (stores) => {
    stores.objectStore(ENTRIES).clear()
    return stores.objectStore(KEYS).clear()
  })
  indexedDB.deleteDatabase(NAME)
}

async function opened(own, { key, owner, at, words, files }) {
  const readable = []
  for (const { about, content } of files) {
    const { name, type } = JSON.parse(new TextDecoder().decode(await unseal(own, about)))
    readable.push(new File([await unseal(own, content)], name, { type }))
  }
  return { key, owner, at, ...JSON.parse(new TextDecoder().decode(await unseal(own, words))), files: readable }
}

async function seal(own, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, own, bytes) }
}

function unseal(own, { iv, bytes }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, own, bytes)
}

// Two tabs may make one at the same moment: what was written first is everybody's.
async function ownKey() {
  const known = await inStores("readonly", (stores) => stores.objectStore(KEYS).get(NAME))
  if (known) return known

  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
  await inStores("readwrite", (stores) => stores.objectStore(KEYS).add(made, NAME)).catch(() => {})
  return inStores("readonly", (stores) => stores.objectStore(KEYS).get(NAME))
}

async function inStores(mode, work) {
  const database = await opening()
  try {
    return await new Promise((done, failed) => {
      const stores = database.transaction([KEYS, ENTRIES], mode)
      const asked = work(stores)
      stores.oncomplete = () => done(asked.result)
      stores.onabort = stores.onerror = () => failed(stores.error)
    })
  } finally {
    database.close()
  }
}

function opening() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(KEYS)
      asked.result.createObjectStore(ENTRIES, { keyPath: "key" })
    }
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })
}
