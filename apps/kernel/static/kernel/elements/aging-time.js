// <aging-time><time datetime="2026-11-21T09:05:00+09:00" title="…">3分前</time></aging-time>
// Keeps "3 minutes ago" true while the page stays open. From a week on the server's words stay.

import { ago } from "kernel/ago"

class AgingTime extends HTMLElement {
  #clock

  connectedCallback() {
    this.#clock = setInterval(() => this.#grow(), 30_000)
    this.#grow()
  }

  disconnectedCallback() {
    clearInterval(this.#clock)
  }

  #grow() {
    const time = this.querySelector("time")
    const words = time && ago(new Date(time.dateTime), new Date(), document.documentElement.lang)
    if (words && words !== time.textContent) time.textContent = words
  }
}

customElements.define("aging-time", AgingTime)
