// The room list, which follows what happens: fetched anew when a room has news or opens or closes to this person.
//
// <room-list data-slug="sakura" data-list="/e/sakura/rooms/" data-here="<uuid of the open room>">…</room-list>

import { lineOf } from "rooms/line"

// News within this time are one look.
const GATHER = 400
const POLL = 8_000

class RoomList extends HTMLElement {
  #line
  #timer = null
  #poll = null
  #later = () => (this.#timer ??= setTimeout(() => this.#fetch(), GATHER))
  #state = ({ detail }) => this.#follow(detail.state)

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    for (const sign of RoomList.signs) this.#line.addEventListener(sign, this.#later)
    this.#line.addEventListener("state", this.#state)
    this.#follow(this.#line.state)
  }

  disconnectedCallback() {
    for (const sign of RoomList.signs) this.#line.removeEventListener(sign, this.#later)
    this.#line.removeEventListener("state", this.#state)
    clearTimeout(this.#timer)
    clearInterval(this.#poll)
  }

  static signs = ["message", "message_changed", "read", "opened", "closed", "changed", "pinned", "marked", "drafted", "confirmed", "catch_up"]

  #follow(state) {
    clearInterval(this.#poll)
    if (state === "polling" || state === "lost") this.#poll = setInterval(this.#later, POLL)
  }

  async #fetch() {
    this.#timer = null
    // What was searched for stays until the search is emptied.
    if (document.querySelector(".rooms-search input[type=search]")?.value) return

    try {
      const headers = { "HX-Request": "true", "X-Carenet-Background": "1" }
      const answer = await fetch(this.dataset.list, { headers, redirect: "manual" })
      if (answer.ok) this.#show(await answer.text())
    } catch {
      // The line says that it is lost; the next sign fetches again.
    }
  }

  #show(html) {
    const scrolled = this.scrollTop
    const parsed = document.createElement("template")
    parsed.innerHTML = html
    const here = parsed.content.querySelector(`[data-room="${this.dataset.here}"]`)
    here?.setAttribute("aria-current", "page")
    this.replaceChildren(parsed.content)
    this.scrollTop = scrolled
  }
}

customElements.define("room-list", RoomList)
