// The files somebody is about to send: chosen, dropped, pasted or photographed, each on its way with a bar.
//
// <file-tray data-uploads="/e/sakura/uploads/" data-most="20" data-heaviest="1073741824"
//     data-too-many="…" data-too-heavy="…" data-on-its-way="…" data-lost="…" data-checking="…" data-ready="…"
//     data-failed="…" data-cancel="Remove" data-retry="Try again">
//   <label class="button">… <input type="file" name="uploads" multiple></label>
//   <ul class="tray" aria-live="polite"></ul><p class="tray-error" role="alert"></p>
// </file-tray>
//
// Pieces travel by the tus protocol (tus-js-client), so a broken line is gone on with. Nothing of a file is kept in the
// browser's storage. `take()` gives up what is in the tray: a promise of the ids, once everything has arrived.

import { csrfToken } from "kernel/csrf"
import { lighterPhoto } from "files/photos"
import { idOf, passes, uploadOf } from "files/upload"
import { sentenceIn } from "kernel/sentence"

const AT_ONCE = 3
const PAUSES = [0, 1_000, 3_000, 5_000, 10_000, 15_000, 30_000, 30_000, 60_000, 60_000, 60_000]
const ASK_AGAIN = 1_500

class FileTray extends HTMLElement {
  #list
  #error
  #items = []
  #counter = 0
  #over = (event) => this.#dragged(event)
  #drop = (event) => this.#dropped(event)
  #paste = (event) => this.#pasted(event)

  connectedCallback() {
    this.#list = this.querySelector(".tray")
    this.#error = this.querySelector(".tray-error")
    for (const input of this.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        this.add([...input.files])
        input.value = ""
      })
    }
    this.#place.addEventListener("dragover", this.#over)
    this.#place.addEventListener("dragleave", this.#over)
    this.#place.addEventListener("drop", this.#drop)
    this.#place.addEventListener("paste", this.#paste)
    addEventListener("beforeunload", (event) => this.#items.length && event.preventDefault())
  }

  disconnectedCallback() {
    for (const item of this.#items) item.upload?.abort()
  }

  get #place() {
    return this.closest("[data-drop]") ?? this
  }

  get isEmpty() {
    return this.#items.length === 0
  }

  add(files) {
    this.#say("")
    const all = [...this.#items.map(({ file }) => file), ...files]
    const weight = all.reduce((sum, { size }) => sum + size, 0)
    if (all.length > Number(this.dataset.most)) return this.#say(this.dataset.tooMany)
    if (weight > Number(this.dataset.heaviest)) return this.#say(this.dataset.tooHeavy)

    const items = files.map((file) => this.#item(file))
    this.#items.push(...items)
    this.#list.append(...items.map(({ row }) => row))
    this.#startNext()
  }

  // The ids of what is in the tray, which stays there; fails where something does not arrive.
  arrived() {
    return Promise.all(this.#items.map((one) => this.#id(one)))
  }

  // What is in the tray becomes the message's; the tray is free for the next.
  take() {
    const items = this.#items
    this.#items = []
    for (const item of items) item.row.remove()
    return this.#parcel(items)
  }

  // The same for files that an earlier page was to send.
  carry(files) {
    return this.#parcel(files.map((file) => this.#item(file)))
  }

  // `ids()` waits until everything has arrived, and fails where something has not: `again` tells whether to ask once more.
  #parcel(items) {
    const names = items.map(({ file }) => file.name)
    return { names, items, files: items.map(({ file }) => file), ids: () => Promise.all(items.map((one) => this.#id(one))) }
  }

  #id(item) {
    if (item.state === "waiting" || item.state === "failed") this.#start(item)
    return item.arrived
  }

  // A message that was refused gives its files back.
  giveBack({ items }) {
    this.#items = [...items, ...this.#items]
    for (const item of items) this.#list.append(item.row)
  }

  #item(file) {
    const item = { file, id: null, state: "waiting", upload: null, row: this.#row(file) }
    expectArrival(item)
    item.row.querySelector(".tray-cancel").addEventListener("click", () => this.#remove(item))
    item.row.querySelector(".tray-retry").addEventListener("click", () => this.#start(item))
    return item
  }

  #row(file) {
    const row = document.createElement("li")
    row.className = "tray-row"
    row.append(this.#picture(file), part("span", "tray-name", file.name), part("span", "tray-state fine quiet", ""))
    const bar = part("progress", "tray-bar", "")
    bar.max = file.size || 1
    bar.value = 0
    bar.setAttribute("aria-label", file.name)
    const retry = part("button", "button tray-retry", this.dataset.retry)
    const cancel = part("button", "button tray-cancel", this.dataset.cancel)
    for (const button of [retry, cancel]) Object.assign(button, { type: "button" }).dataset.size = "small"
    cancel.dataset.kind = "quiet"
    cancel.setAttribute("aria-describedby", (row.id = `tray-row-${++this.#counter}`))
    retry.hidden = true
    row.append(bar, retry, cancel)
    return row
  }

  #picture(file) {
    const sign = part("span", "sign tray-sign", "")
    sign.textContent = (file.name.split(".").at(-1) ?? "").slice(0, 4).toUpperCase()
    sign.setAttribute("aria-hidden", "true")
    return sign
  }

  #startNext() {
    const free = AT_ONCE - this.#items.filter(({ state }) => state === "under way").length
    for (const item of this.#items.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free))) this.#start(item)
  }

  async #start(item) {
    if (item.state === "failed") expectArrival(item)
    item.state = "under way"
    item.row.querySelector(".tray-retry").hidden = true
    this.#tell(item, this.dataset.onItsWay)
    const lighter = item.upload ? null : await lighterPhoto(item.file)
    if (item.state !== "under way") return

    item.upload ??= uploadOf(lighter, this.dataset.uploads, {
      retryDelays: PAUSES,
      onShouldRetry: (error) => this.#mayRetry(item, error),
      onProgress: (sent) => this.#move(item, sent),
      onError: (error) => this.#fail(item, error),
      onSuccess: () => this.#arrive(item),
    })
    item.upload.start()
  }

  #mayRetry(item, error) {
    const again = passes(error)
    if (again) this.#tell(item, this.dataset.lost)
    // tus waits longer and longer; when the network is back there is nothing to wait for.
    if (again && !navigator.onLine) this.#goOnWhenOnline(item)
    return again
  }

  #goOnWhenOnline(item) {
    item.online ??= () => {
      if (item.state === "under way") item.upload.abort().then(() => item.upload.start())
    }
    addEventListener("online", item.online, { once: true })
  }

  #move(item, sent) {
    const bar = item.row.querySelector("progress")
    bar.max = item.upload.file.size || 1
    bar.value = sent
    const percent = Math.floor((100 * sent) / bar.max)
    this.#tell(item, `${this.dataset.onItsWay} ${percent}%`)
  }

  #arrive(item) {
    item.id = idOf(item.upload)
    item.state = "arrived"
    const bar = item.row.querySelector("progress")
    bar.value = bar.max
    this.#tell(item, this.dataset.checking)
    item.done(item.id)
    this.#startNext()
    this.#ask(item)
  }

  // While it waits here, say what the house finds in it; a message may leave before.
  async #ask(item) {
    while (item.row.isConnected && item.state === "arrived") {
      const answer = await this.#askOnce(item)
      if (answer?.state === "refused") return this.#refuse(item, answer.sentence)
      if (answer?.state === "ready") return this.#tell(item, this.dataset.ready)
      await new Promise((done) => setTimeout(done, ASK_AGAIN))
    }
  }

  async #askOnce({ id }) {
    try {
      const headers = { "HX-Request": "true", "X-Carenet-Background": "1" }
      const answer = await fetch(`${this.dataset.uploads}${id}/file/`, { headers, redirect: "manual" })
      return answer.ok ? await answer.json() : null
    } catch {
      return null
    }
  }

  #refuse(item, sentence) {
    item.state = "refused"
    item.row.dataset.failed = ""
    this.#tell(item, sentence)
  }

  #fail(item, error) {
    item.state = "failed"
    item.row.dataset.failed = ""
    const refused = error.originalResponse && error.originalResponse.getStatus() < 500
    item.row.querySelector(".tray-retry").hidden = Boolean(refused)
    this.#tell(item, refused ? sentenceIn(error.originalResponse.getBody()) : this.dataset.failed)
    item.failed(Object.assign(new Error("not arrived"), { again: !refused }))
    this.#startNext()
  }

  #remove(item) {
    this.#items = this.#items.filter((one) => one !== item)
    item.state = "removed"
    item.row.remove()
    item.failed(new Error("removed"))
    if (item.id) this.#discard(item.id)
    else item.upload?.abort(true).catch(() => {})
    this.#startNext()
  }

  #discard(id) {
    const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() }
    fetch(`${this.dataset.uploads}${id}/file/`, { method: "DELETE", headers, redirect: "manual" }).catch(() => {})
  }

  get hasTrouble() {
    return this.#items.some(({ state }) => state === "failed" || state === "refused")
  }

  #tell({ row }, words) {
    row.querySelector(".tray-state").textContent = words
  }

  #say(sentence) {
    this.#error.textContent = sentence
  }

  #dragged(event) {
    if (![...event.dataTransfer.types].includes("Files")) return

    event.preventDefault()
    this.#place.toggleAttribute("data-dropping", event.type === "dragover")
  }

  #dropped(event) {
    if (!event.dataTransfer.files.length) return

    event.preventDefault()
    this.#place.removeAttribute("data-dropping")
    this.add([...event.dataTransfer.files])
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return

    event.preventDefault()
    this.add(files)
  }
}

// Whoever sends asks for it; a file that fails before is told in its row.
function expectArrival(item) {
  item.arrived = new Promise((done, failed) => Object.assign(item, { done, failed }))
  item.arrived.catch(() => {})
}

function part(name, className, words) {
  const element = document.createElement(name)
  element.className = className
  element.textContent = words
  return element
}

customElements.define("file-tray", FileTray)
