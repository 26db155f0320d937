// Keeps the unread counts of the navigation true while a page stays open.
//
// <live-badges data-slug="sakura" data-unread="/e/sakura/unread/"></live-badges>
// <span class="badge" data-badge="rooms" hidden><span data-count>0</span> unread</span>
//
// What happened comes over the screen's one line; how much is unread is asked of the server, which alone knows.

import { lineOf } from "rooms/line"

const SIGNS = ["ready", "message", "message_changed", "read", "notified", "opened", "closed", "catch_up"]
// Signs within this time are one look.
const GATHER = 600
// Where no socket comes through, a count is this old at most: phone and desk tell the same within five seconds.
const POLL = 3_000

class LiveBadges extends HTMLElement {
  #line
  #timer = null
  #poll = null
  #later = () => (this.#timer ??= setTimeout(() => this.#ask(), GATHER))
  #state = ({ detail }) => this.#follow(detail.state)

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    for (const sign of SIGNS) this.#line.addEventListener(sign, this.#later)
    this.#line.addEventListener("state", this.#state)
    this.#follow(this.#line.state)
  }

  disconnectedCallback() {
    for (const sign of SIGNS) this.#line.removeEventListener(sign, this.#later)
    this.#line.removeEventListener("state", this.#state)
    clearTimeout(this.#timer)
    clearInterval(this.#poll)
  }

  #follow(state) {
    clearInterval(this.#poll)
    // Nobody looks at a page that is hidden; it asks when it is shown again.
    if (state === "polling") this.#poll = setInterval(() => document.hidden || this.#later(), POLL)
  }

  async #ask() {
    this.#timer = null
    try {
      // Asked by itself: this keeps no session awake.
      const headers = { Accept: "application/json", "X-Carenet-Background": "1" }
      const answer = await fetch(this.dataset.unread, { headers, redirect: "manual" })
      if (answer.ok) this.#show(await answer.json())
    } catch {
      // The next sign asks again.
    }
  }

  #show(unread) {
    for (const badge of document.querySelectorAll("[data-badge]")) {
      const count = unread[badge.dataset.badge] ?? 0
      badge.hidden = count === 0
      badge.querySelector("[data-count]").textContent = count > 99 ? "99+" : count
    }
  }
}

customElements.define("live-badges", LiveBadges)
