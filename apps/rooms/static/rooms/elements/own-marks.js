// One's own marks on messages of an open room, as they are set on another screen: to do, bookmark.
//
// <own-marks></own-marks>
//
// Stands inside a room-stream. Nobody else's marks come over the line.

import { lineOf } from "rooms/line"

class OwnMarks extends HTMLElement {
  #line
  #stream
  #hear = ({ detail }) => detail.marked === this.#stream.dataset.room && this.#show(detail)

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    this.#line = lineOf(this.#stream.dataset.slug)
    this.#line.addEventListener("marked", this.#hear)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("marked", this.#hear)
  }

  #show({ number, kind, is_on: isOn }) {
    this.#stream.querySelector(`.message[data-number="${number}"]`)?.toggleAttribute(`data-${kind}`, isOn)
  }
}

customElements.define("own-marks", OwnMarks)
