// Puts where one is into what one writes.
//
// <current-place hidden data-words="Current place" data-looking data-denied data-unknown><button type="button">…</button></current-place>
//
// Stands in the composer's form, hidden where the browser tells no position. The position is asked for by a press and at no
// other time, and goes nowhere but into the text, where it can be read and taken out before it is sent. Four decimals are
// about ten metres.

import { announce } from "kernel/announce"

const DECIMALS = 4
const HOW = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 }
const DENIED = 1

class CurrentPlace extends HTMLElement {
  connectedCallback() {
    this.hidden = !("geolocation" in navigator && isSecureContext)
    this.#button.addEventListener("click", () => this.#ask())
  }

  get #button() {
    return this.querySelector("button")
  }

  #ask() {
    this.#button.disabled = true
    announce(this.dataset.looking)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#tell(coords),
      ({ code }) => this.#fail(code === DENIED ? this.dataset.denied : this.dataset.unknown),
      HOW,
    )
  }

  #tell({ latitude, longitude }) {
    this.#done()
    const field = this.closest("form").elements.body
    const before = field.value && !field.value.endsWith("\n") ? "\n" : ""
    const place = `geo:${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)}`
    field.value += `${before}${this.dataset.words} ${place}`
    field.focus()
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #fail(sentence) {
    this.#done()
    announce(sentence, { tone: "error" })
  }

  #done() {
    this.#button.disabled = false
    for (const one of document.querySelectorAll("#announcements .notification")) {
      if (one.textContent.trim() === this.dataset.looking) one.remove()
    }
  }
}

customElements.define("current-place", CurrentPlace)
