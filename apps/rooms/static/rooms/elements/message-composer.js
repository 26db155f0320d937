// Sends what is written and keeps sending it, with the same key, until the server has it.
//
// <message-composer data-send-key="ctrl_enter" data-sending="Sending…" data-waiting="Waiting…">
//   <form class="composer">…</form></message-composer>
//
// Where the form says `hold`, the server keeps the message for ten seconds and answers with what shows it meanwhile.
// A stamp (`<button name="stamp">`) is a message of its own, and leaves what is typed and its files where they are.
// A message is shown at once as pending. Its key makes the server store it once however often it is sent; messages
// leave in the order they were written. A refusal gives the text back with the sentence beside it. Until the server has
// it, it is kept on the device (kernel/outbox): a page that is opened again goes on where a closed one was.

import { canKeep, drop, keep, kept } from "kernel/outbox"
import { sentenceIn } from "kernel/sentence"
import { deliver, pause } from "rooms/delivery"

const PAUSE = 1_500
const LONGEST_PAUSE = 15_000
// What is meant for the text in the field, and for no stamp.
const OF_THE_FIELD = new Set(["body", "asked_of"])

class MessageComposer extends HTMLElement {
  #form
  #body
  #error
  #waiting = []
  #busy = false

  connectedCallback() {
    this.#form = this.querySelector("form")
    this.#body = this.#form.elements.body
    this.#error = this.querySelector(".composer-error")
    this.#form.addEventListener("submit", (event) => this.#submit(event))
    this.#body.addEventListener("input", () => this.#grow())
    this.#body.addEventListener("keydown", (event) => {
      if (this.#sends(event)) this.#submit(event)
    })
    addEventListener("beforeunload", this.#unload)
    this.querySelector(".composer-more").addEventListener("click", ({ currentTarget }) => this.#unfold(currentTarget))
    this.#grow()
    this.#goOn()
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.#unload)
  }

  // What is on the device survives the page.
  #unload = (event) => this.#waiting.some(({ isKept }) => !isKept) && event.preventDefault()

  // On a phone what one needs now and then stands in a row of its own, until it is wanted.
  #unfold(button) {
    const isOpen = button.getAttribute("aria-expanded") === "true"
    button.setAttribute("aria-expanded", String(!isOpen))
    this.#form.toggleAttribute("data-more", !isOpen)
  }

  // What an earlier page of this room could not send any more.
  async #goOn() {
    const here = (await kept(this.#stream.dataset.me)).filter(({ room }) => room === this.#room)
    for (const entry of here) {
      if (this.#waiting.some(({ key }) => key === entry.key)) continue

      const body = entry.fields.find(([name]) => name === "stamp" || name === "body")?.[1] ?? ""
      this.#expect({ ...entry, body, files: entry.files.length ? this.#tray?.carry(entry.files) : null, isKept: true })
    }
    this.#send()
  }

  get #room() {
    return new URL(this.#form.action).pathname
  }

  get #stream() {
    return this.closest("room-stream")
  }

  // The key that ends a conversion of kana never sends (229: what older browsers say of it).
  #sends({ key, ctrlKey, metaKey, shiftKey, isComposing, keyCode }) {
    if (key !== "Enter" || isComposing || keyCode === 229) return false

    return ctrlKey || metaKey || (this.dataset.sendKey === "enter" && !shiftKey)
  }

  get #tray() {
    return this.querySelector("file-tray")
  }

  get #answered() {
    return this.querySelector("answer-bar")
  }

  #submit(event) {
    if (event.submitter?.hasAttribute("formaction")) return this.#lead(event)

    event.preventDefault()
    if (event.submitter?.name === "stamp") return this.#stamp(event.submitter)

    const body = this.#body.value
    this.#say("")
    if (!body.trim() && (!this.#tray || this.#tray.isEmpty)) return this.#body.focus()
    // What is wrong with a file stands in its row.
    if (this.#tray?.hasTrouble) return

    const fields = [...new FormData(this.#form)].filter(isToBeSent)
    this.#begin(fields, body, this.#tray?.take())
    this.asks(false)
    this.#body.value = ""
    this.#grow()
    this.#body.focus()
  }

  // Another button of the form leads to a page of its own, with what is typed and the files, once they have arrived.
  async #lead(event) {
    if (!this.#tray || this.#tray.isEmpty) return

    event.preventDefault()
    if (this.#tray.hasTrouble) return

    const { submitter } = event
    submitter.disabled = true
    const ids = await this.#tray.arrived().catch(() => null)
    submitter.disabled = false
    if (!ids) return

    this.#tray.take()
    for (const value of ids) {
      this.#form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "attached", value }))
    }
    submitter.click()
  }

  #stamp({ value, parentElement }) {
    this.#say("")
    const fields = [...new FormData(this.#form)].filter(([name, told]) => isToBeSent([name, told]) && !OF_THE_FIELD.has(name))
    this.#begin([...fields, ["stamp", value]], value)
    parentElement.closest("[popover]").hidePopover()
  }

  #begin(fields, body, files = null) {
    const answered = this.#answered?.take()
    const message = { key: newKey(), room: this.#room, at: Date.now(), fields, body, files, answered }
    this.#expect(message)
    message.keeping = this.#keep(message)
    this.#send()
  }

  #expect(message) {
    message.item = this.#pending([message.body.trim(), ...(message.files?.names ?? [])])
    message.item.dataset.pending = message.key
    if (message.answered) message.item.firstElementChild.prepend(message.answered.quote.cloneNode(true))
    this.#waiting.push(message)
    this.#stream.expect(message.item)
  }

  // Only what is on the device is said to wait: whoever reads it may close the browser.
  async #keep(message) {
    message.isKept = canKeep() && (await this.#put(message).then(() => true).catch(() => false))
    if (!navigator.onLine) this.#mark(message, this.dataset.waiting)
  }

  #put({ key, room, at, fields, files }) {
    const uploads = this.#tray?.dataset.uploads
    return keep({ key, owner: this.#stream.dataset.me, room, at, fields, uploads, files: files?.files ?? [] })
  }

  // One at a time and in order: a message that waits holds those behind it.
  async #send() {
    if (this.#busy) return

    this.#busy = true
    let seconds = PAUSE
    while (this.#waiting.length && this.isConnected) {
      const message = this.#waiting[0]
      const outcome = await this.#deliver(message)
      if (outcome === "again") {
        for (const one of this.#waiting) Promise.resolve(one.keeping).then(() => this.#mark(one, this.dataset.waiting))
        await pause(seconds)
        seconds = Math.min(seconds * 2, LONGEST_PAUSE)
      } else {
        seconds = PAUSE
        if (outcome === "settled") this.#settled(this.#waiting.shift())
      }
    }
    this.#busy = false
  }

  // The server has it, or its text is in the field again.
  async #settled(message) {
    await message.keeping
    if (message.isKept) await drop(message.key)
  }

  async #deliver(message) {
    const { files, item } = message
    let ids = []
    try {
      // What is still on its way arrives first; a lost line is gone on with meanwhile.
      if (files) ids = await files.ids()
    } catch (refused) {
      return refused.again ? "again" : this.#giveUp(message, "")
    }
    const { state, html } = await deliver({ ...message, ids })
    if (state === "lost" || state === "nobody") return "again"
    if (state === "held") this.#stream.wait(item, html)
    // The number comes over the line; where there is none, it is fetched.
    else if (state === "stored") item.isConnected && this.#stream.catchUp()
    else if (state === "refused") return this.#giveUp(message, sentenceIn(html))
    else if (await this.#isSure(html)) {
      message.isSure = true
      return "once more"
    } else return this.#giveUp(message, "")
    return "settled"
  }

  #giveUp({ body, files, answered, fields, item }, sentence) {
    item.remove()
    if (fields.some(([name]) => name === "asked_of")) this.asks(true)
    if (files) this.#tray.giveBack(files)
    if (answered) this.#answered?.giveBack(answered)
    this.giveBack(body, sentence)
    return "settled"
  }

  // Shows whom the text seems to name; Escape and "back" give the text back.
  #isSure(html) {
    const dialog = document.createElement("dialog")
    dialog.className = "dialog doubt"
    dialog.innerHTML = html
    dialog.setAttribute("aria-label", dialog.querySelector("h2").textContent.trim())
    this.append(dialog)
    dialog.showModal()
    return new Promise((done) => {
      dialog.addEventListener("close", () => {
        dialog.remove()
        done(dialog.returnValue === "send")
      })
    })
  }

  // The tick that asks for a confirmation, of what is written now; there is none where nobody else is in the room.
  asks(isOn) {
    const tick = this.#form.elements.asked_of
    if (tick) tick.checked = isOn
  }

  // What was written and not sent stands in the field again, before what was typed meanwhile.
  giveBack(body, sentence = "") {
    this.#body.value = [body, this.#body.value].filter(Boolean).join("\n")
    this.#grow()
    this.#say(sentence)
    this.#body.focus()
  }

  #pending(lines) {
    const item = document.createElement("li")
    item.className = "message"
    item.dataset.mine = ""
    const main = document.createElement("div")
    main.className = "message-main"
    const words = document.createElement("p")
    words.className = "message-body"
    words.textContent = lines.filter(Boolean).join("\n")
    const state = document.createElement("p")
    state.className = "message-state"
    state.textContent = this.dataset.sending
    main.append(words, state)
    item.append(main)
    return item
  }

  #mark({ item }, words) {
    item.querySelector(".message-state").textContent = words
  }

  #say(sentence) {
    this.#error.textContent = sentence
    this.#body.toggleAttribute("aria-invalid", sentence !== "")
  }

  #grow() {
    this.#body.rows = Math.min(6, Math.max(1, this.#body.value.split("\n").length))
  }
}

// A file goes its own way, and the page's proof of origin is asked for when it is sent.
function isToBeSent([name, value]) {
  return typeof value === "string" && value !== "" && name !== "csrfmiddlewaretoken"
}

// randomUUID exists only on secure origins; a closed network may serve plain http.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID()

  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

customElements.define("message-composer", MessageComposer)
