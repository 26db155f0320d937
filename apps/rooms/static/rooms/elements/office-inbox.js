// The office's inbox, which follows what colleagues take and finish.
//
// <office-inbox data-slug="sakura" data-inbox="/e/sakura/rooms/office/">…</office-inbox>
//
// Its buttons are plain forms; what others do is fetched anew when the line says so.

import { lineOf } from "rooms/line"

const GATHER = 300

class OfficeInbox extends HTMLElement {
  #line
  #timer = null
  #later = () => (this.#timer ??= setTimeout(() => this.#fetch(), GATHER))

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    for (const sign of OfficeInbox.signs) this.#line.addEventListener(sign, this.#later)
  }

  disconnectedCallback() {
    for (const sign of OfficeInbox.signs) this.#line.removeEventListener(sign, this.#later)
    clearTimeout(this.#timer)
  }

  static signs = ["handling", "opened", "closed", "catch_up"]

  async #fetch() {
    this.#timer = null
    const headers = { "HX-Request": "true", "X-Carenet-Background": "1" }
    const answer = await fetch(this.dataset.inbox, { headers, redirect: "manual" }).catch(() => null)
    if (!answer?.ok) return

    const parsed = document.createElement("template")
    parsed.innerHTML = await answer.text()
    const wasOpen = this.querySelector("details")?.open
    this.replaceChildren(parsed.content)
    if (wasOpen) this.querySelector("details")?.setAttribute("open", "")
  }
}

customElements.define("office-inbox", OfficeInbox)
