// What can be done with a message, as a sheet over the room.
//
// <message-sheet><dialog class="dialog sheet"><div class="sheet-content"></div>… <button data-close>…</dialog></message-sheet>
//
// Stands inside a room-stream. A press on a message's .message-more shows here what its page shows; without this element
// the link leads to that page. A deed that is done ("message-done") or refused closes the sheet: the room shows the rest.

import { announce } from "kernel/announce"

class MessageSheet extends HTMLElement {
  #dialog
  #content
  #opener = null

  connectedCallback() {
    this.#dialog = this.querySelector("dialog")
    this.#content = this.querySelector(".sheet-content")
    this.#stream.addEventListener("click", this)
    this.addEventListener("message-done", ({ detail }) => this.#done(detail))
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#answered(detail.xhr))
    this.#dialog.addEventListener("close", () => this.#closed())
  }

  disconnectedCallback() {
    this.closest("room-stream")?.removeEventListener("click", this)
  }

  get #stream() {
    return this.closest("room-stream")
  }

  handleEvent(event) {
    const more = event.target.closest(".message-more")
    if (more?.href && !event.ctrlKey && !event.metaKey) this.#open(event, more)
    else if (event.target === this.#dialog || event.target.closest("[data-close]")) this.#close(event)
    else if (event.target.closest("[data-answer]")) this.#answer(event)
    else if (event.target.closest("[data-copy]")) this.#copy(event.target.closest("[data-copy]"))
  }

  async #open(event, more) {
    event.preventDefault()
    this.#opener = more.closest(".message").dataset.number
    await htmx.ajax("GET", more.href, { source: this.#content, target: this.#content, swap: "innerHTML" })
    if (!this.#content.childElementCount) return

    // The clipboard is open to pages of a secure origin only.
    for (const copy of this.#content.querySelectorAll("[data-copy]")) copy.hidden = !navigator.clipboard
    this.#dialog.showModal()
  }

  async #copy({ dataset }) {
    await navigator.clipboard.writeText(this.#content.querySelector(".message-body").textContent)
    this.#dialog.close()
    announce(dataset.said, { tone: "success" })
  }

  // The keyboard goes to where the answer is written, and not back to the message.
  #answer(event) {
    const bar = this.#stream.querySelector("answer-bar")
    if (!bar || event.ctrlKey || event.metaKey) return

    event.preventDefault()
    const message = this.#stream.querySelector(`.message[data-number="${this.#opener}"]`)
    this.#opener = null
    this.#dialog.close()
    bar.answer(message)
  }

  #close(event) {
    if (!this.#dialog.open) return

    event.preventDefault()
    this.#dialog.close()
  }

  #closed() {
    this.#content.replaceChildren()
    this.#stream.querySelector(`.message[data-number="${this.#opener}"] .message-more`)?.focus({ preventScroll: true })
  }

  #done({ number, marks }) {
    this.#dialog.close()
    // One's own marks are on no line: nobody else sees them.
    const message = marks && this.#stream.querySelector(`.message[data-number="${number}"]`)
    for (const kind of message ? ["todo", "bookmark"] : []) message.toggleAttribute(`data-${kind}`, marks.includes(kind))
    this.#stream.catchUp()
  }

  // A refusal is said above the room, where an open dialog would hide it. A form that failed has come back as itself.
  #answered({ status }) {
    if (status >= 400 && !this.#content.querySelector("form [aria-invalid]")) this.#dialog.close()
  }
}

customElements.define("message-sheet", MessageSheet)
