// Sends what is written and keeps sending it, with the same key, until the server has it.
//
// <message-composer data-sending="Sending…" data-waiting="Waiting…"><form class="composer">…</form></message-composer>
//
// A message is shown at once as pending. Its key makes the server store it once however often it is sent; messages
// leave in the order they were written. A refusal gives the text back with the sentence beside it.

import { csrfToken } from "kernel/csrf"

const PAUSE = 1_500
const LONGEST_PAUSE = 15_000

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
      const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing
      if (sends) this.#submit(event)
    })
    addEventListener("online", () => this.#send())
    addEventListener("beforeunload", (event) => this.#waiting.length && event.preventDefault())
    this.#grow()
  }

  get #stream() {
    return this.closest("room-stream")
  }

  #submit(event) {
    event.preventDefault()
    const body = this.#body.value
    this.#say("")
    if (!body.trim()) return this.#body.focus()

    const message = { key: newKey(), body, item: this.#pending(body) }
    message.item.dataset.pending = message.key
    this.#waiting.push(message)
    this.#stream.expect(message.item)
    this.#body.value = ""
    this.#grow()
    this.#body.focus()
    this.#send()
  }

  // One at a time and in order: a message that waits holds those behind it.
  async #send() {
    if (this.#busy) return

    this.#busy = true
    let pause = PAUSE
    while (this.#waiting.length) {
      const message = this.#waiting[0]
      const outcome = await this.#deliver(message)
      if (outcome === "again") {
        this.#mark(message, this.dataset.waiting)
        await new Promise((done) => setTimeout(done, pause))
        pause = Math.min(pause * 2, LONGEST_PAUSE)
      } else {
        pause = PAUSE
        this.#waiting.shift()
      }
    }
    this.#busy = false
  }

  async #deliver({ key, body, item }) {
    let answer
    try {
      answer = await fetch(this.#form.action, {
        method: "POST",
        headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrfToken() },
        body: new URLSearchParams({ body, client_key: key }),
        redirect: "manual",
      })
    } catch {
      return "again"
    }
    if (answer.status >= 500) return "again"
    if (answer.status === 201) {
      // The number comes over the line; where there is none, it is fetched.
      if (item.isConnected) this.#stream.catchUp()
      return "done"
    }
    item.remove()
    this.#giveBack(body, await sentenceOf(answer))
    return "refused"
  }

  #giveBack(body, sentence) {
    this.#body.value = this.#body.value ? `${body}\n${this.#body.value}` : body
    this.#grow()
    this.#say(sentence)
  }

  #pending(body) {
    const item = document.createElement("li")
    item.className = "message"
    item.dataset.mine = ""
    const main = document.createElement("div")
    main.className = "message-main"
    const words = document.createElement("p")
    words.className = "message-body"
    words.textContent = body.trim()
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

async function sentenceOf(answer) {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html")
  return parsed.body.textContent.trim().replace(/\s+/g, " ")
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
