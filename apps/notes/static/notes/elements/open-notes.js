// A note, or the list of a room's notes, which follows what others do: fetched anew from its own page.
//
// <open-notes data-slug="sakura" data-room="<uuid>" data-note="7">…</open-notes>
//
// Without `data-note` every note of the room is followed. What is pressed in it stays where the cursor is. Where the room
// has been closed to this person, the page is asked for again and says so.

import { lineOf } from "rooms/line"

const GATHER = 300
const POLL = 8_000

class OpenNotes extends HTMLElement {
  #line
  #timer = null
  #poll = null
  #later = () => (this.#timer ??= setTimeout(() => this.#fetch(), GATHER))
  #noted = ({ detail }) => this.#concerns(detail) && this.#later()
  #state = ({ detail }) => this.#follow(detail.state)
  #closed = ({ detail }) => detail.closed === this.dataset.room && location.reload()

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("noted", this.#noted)
    // What was done between the page and the line is asked for once.
    for (const sign of OpenNotes.signs) this.#line.addEventListener(sign, this.#later)
    this.#line.addEventListener("closed", this.#closed)
    this.#line.addEventListener("state", this.#state)
    this.#follow(this.#line.state)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("noted", this.#noted)
    for (const sign of OpenNotes.signs) this.#line.removeEventListener(sign, this.#later)
    this.#line.removeEventListener("closed", this.#closed)
    this.#line.removeEventListener("state", this.#state)
    clearTimeout(this.#timer)
    clearInterval(this.#poll)
  }

  static signs = ["ready", "catch_up"]

  #follow(state) {
    this.dataset.state = state
    clearInterval(this.#poll)
    if (state === "polling" || state === "lost") this.#poll = setInterval(this.#later, POLL)
  }

  #concerns({ room, noted }) {
    return room === this.dataset.room && (!this.dataset.note || noted === Number(this.dataset.note))
  }

  async #fetch() {
    this.#timer = null
    const headers = { "X-Carenet-Background": "1" }
    const answer = await fetch(location.href, { headers, redirect: "manual" }).catch(() => null)
    if (!answer?.ok) return

    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const anew = page.querySelector("open-notes")
    if (anew) this.#show([...anew.childNodes].map((one) => document.adoptNode(one)))
  }

  #show(nodes) {
    const pressed = this.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null
    this.replaceChildren(...nodes)
    htmx.process(this)
    if (pressed) this.querySelector(`[aria-label="${CSS.escape(pressed)}"]`)?.focus()
  }
}

customElements.define("open-notes", OpenNotes)
