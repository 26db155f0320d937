// Answers to messages: the way from a quote to what it quotes, and the key that begins an answer.
//
// <message-answers></message-answers>
//
// Stands inside a room-stream. A press on a quote shows the message itself, for which older ones are loaded where needed;
// without this element the quote leads to the message's own page. "R" on a message's .message-more answers it. A message
// that has changed ("message-changed", from the room-stream) is quoted as it is now.

import { wordsOf } from "rooms/quoting"

// So many pages of older messages are loaded to find one that is quoted; one further back is shown by itself.
const MOST_PAGES = 20

class MessageAnswers extends HTMLElement {
  #stream

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    for (const kind of ["click", "keydown", "message-changed"]) this.#stream.addEventListener(kind, this)
  }

  disconnectedCallback() {
    for (const kind of ["click", "keydown", "message-changed"]) this.#stream.removeEventListener(kind, this)
  }

  handleEvent(event) {
    if (event.type === "message-changed") this.#quoteAnew(event.detail)
    else if (event.type === "click") this.#pressed(event)
    else if (event.key.toLowerCase() === "r") this.#answer(event)
  }

  #message(number) {
    return this.#stream.querySelector(`.message[data-number="${number}"]`)
  }

  #answer(event) {
    const more = event.target.closest?.(".message-more")
    const message = more?.closest(".message:not([data-removed])")
    const bar = this.#stream.querySelector("answer-bar")
    if (!message || !bar || event.ctrlKey || event.metaKey || event.altKey) return

    event.preventDefault()
    bar.answer(message)
  }

  #pressed(event) {
    const quote = event.target.closest(".messages .quote[href]")
    if (!quote || event.ctrlKey || event.metaKey) return

    event.preventDefault()
    this.#show(quote.dataset.answers, quote.href)
  }

  async #show(number, page) {
    let message = this.#message(number)
    for (let pages = 0; !message && pages < MOST_PAGES && (await this.#loadOlder()); pages += 1) {
      message = this.#message(number)
    }
    if (!message) return location.assign(page)

    message.scrollIntoView({ block: "center" })
    message.querySelector(".message-more").focus({ preventScroll: true })
    message.toggleAttribute("data-shown", true)
    message.addEventListener("animationend", () => message.removeAttribute("data-shown"), { once: true })
  }

  async #loadOlder() {
    const link = this.#stream.querySelector(".older a")
    if (!link) return false

    const row = link.closest(".older")
    await htmx.ajax("GET", link.href, { source: link, target: row, swap: "outerHTML show:none" })
    return !row.isConnected
  }

  #quoteAnew(message) {
    for (const quote of this.#stream.querySelectorAll(`.quote[data-answers="${message.dataset.number}"] .quote-body`)) {
      quote.textContent = wordsOf(message)
    }
  }
}

customElements.define("message-answers", MessageAnswers)
