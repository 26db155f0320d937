// By how many one's messages have been seen, kept true while the room is open.
//
// <seen-counts data-words="Seen #"></seen-counts>
//
// Stands inside a room-stream. The numbers come over the line; a message that is written anew keeps the one it had.

import { lineOf } from "rooms/line"

class SeenCounts extends HTMLElement {
  #line
  #stream
  #hear = ({ detail }) => detail.room === this.#stream.dataset.room && this.#show(detail.seen)

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    this.#line = lineOf(this.#stream.dataset.slug)
    this.#line.addEventListener("seen", this.#hear)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("seen", this.#hear)
  }

  #show(counts) {
    for (const [number, count] of Object.entries(counts)) {
      const place = this.#stream.querySelector(`.message[data-number="${number}"]:not([data-removed]) .message-seen`)
      if (place) place.textContent = this.dataset.words.replace("#", count)
    }
  }
}

customElements.define("seen-counts", SeenCounts)
