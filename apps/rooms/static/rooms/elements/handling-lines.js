// Below messages of an open room: who of one's organization handles them.
//
// <handling-lines></handling-lines>
//
// Stands inside a room-stream. The line says that something has changed; how it stands is asked through the room's door.

import { lineOf } from "rooms/line"

class HandlingLines extends HTMLElement {
  #line
  #stream
  #hear = ({ detail }) => detail.room === this.#stream.dataset.room && this.#ask(detail.handling)
  // What changed while the line was away.
  #again = () => {
    for (const one of this.#stream.querySelectorAll(".handling:not([hidden])")) this.#ask(one.closest(".message").dataset.number)
  }

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    this.#line = lineOf(this.#stream.dataset.slug)
    this.#line.addEventListener("handling", this.#hear)
    for (const sign of ["ready", "catch_up"]) this.#line.addEventListener(sign, this.#again)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("handling", this.#hear)
    for (const sign of ["ready", "catch_up"]) this.#line.removeEventListener(sign, this.#again)
  }

  async #ask(number) {
    const place = this.#stream.querySelector(`.message[data-number="${number}"] .handling`)
    if (!place) return

    const headers = { "HX-Request": "true", "X-Carenet-Background": "1" }
    const address = `${this.#stream.dataset.messages}${number}/handling/`
    const answer = await fetch(address, { headers, redirect: "manual" }).catch(() => null)
    if (answer?.ok) place.outerHTML = await answer.text()
  }
}

customElements.define("handling-lines", HandlingLines)
