// Which message is about to be answered, above what one writes.
//
// <answer-bar hidden><input type="hidden" name="answers"><p class="quote"></p><a data-drop>…</a></answer-bar>
//
// Stands in the composer's form. Without this element the page brings it filled, and its link leads back without it.

import { quoteFrom } from "rooms/quoting"

class AnswerBar extends HTMLElement {
  #number
  #quote

  connectedCallback() {
    this.#number = this.querySelector("input")
    this.#quote = this.querySelector(".quote")
    this.querySelector("[data-drop]").addEventListener("click", (event) => {
      event.preventDefault()
      this.#show("")
      this.#field.focus()
    })
  }

  get #field() {
    return this.closest("form").elements.body
  }

  // A message as it stands on the page.
  answer(message) {
    this.#show(message.dataset.number, quoteFrom(message))
    this.#field.focus()
  }

  // What is answered goes with what is sent: its number, and how it is shown until it is there.
  take() {
    if (!this.#number.value) return null

    const taken = { number: this.#number.value, quote: this.#quote.cloneNode(true) }
    this.#show("")
    return taken
  }

  giveBack({ number, quote }) {
    if (!this.#number.value) this.#show(number, [...quote.childNodes])
  }

  #show(number, words = []) {
    this.#number.value = number
    this.#quote.replaceChildren(...words)
    this.hidden = number === ""
  }
}

customElements.define("answer-bar", AnswerBar)
