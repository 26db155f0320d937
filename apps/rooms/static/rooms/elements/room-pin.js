// The pin of an open room, which follows what the same person does on another screen.
//
// <room-pin data-slug="sakura" data-room="<uuid>" data-url="/e/sakura/rooms/<uuid>/pin/"><form>…</form></room-pin>

import { lineOf } from "rooms/line"

class RoomPin extends HTMLElement {
  #line
  #pinned = ({ detail }) => detail.pinned === this.dataset.room && this.#fetch()
  #missed = () => this.#fetch()

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("pinned", this.#pinned)
    this.#line.addEventListener("catch_up", this.#missed)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("pinned", this.#pinned)
    this.#line.removeEventListener("catch_up", this.#missed)
  }

  async #fetch() {
    try {
      const headers = { "HX-Request": "true", "X-Carenet-Background": "1" }
      const answer = await fetch(this.dataset.url, { headers, redirect: "manual" })
      if (answer.ok) this.innerHTML = await answer.text()
    } catch {
      // The next sign fetches again.
    }
  }
}

customElements.define("room-pin", RoomPin)
