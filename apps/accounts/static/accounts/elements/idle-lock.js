// <idle-lock data-minutes="15" data-locked="/locked/" data-presence="/me/presence/" data-heading="…" data-lead="…"></idle-lock>
// Covers the page after too long without a person, also when a sleeping tab wakes late. What was typed stays below.
// The server decides for itself (accounts.middleware.IdleLock); while somebody types or scrolls, it is told so.

const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"]
const LAST = "carenet-last-deed"
const TELL_AFTER = 60_000
const LOOK_EVERY = 5_000

class IdleLock extends HTMLElement {
  #cover
  #title
  #told = Date.now()
  #timer

  connectedCallback() {
    this.#note()
    for (const sign of SIGNS) document.addEventListener(sign, this, { capture: true, passive: true })
    for (const wake of ["visibilitychange", "focus", "pageshow"]) window.addEventListener(wake, this, { capture: true })
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
  }

  disconnectedCallback() {
    for (const sign of SIGNS) document.removeEventListener(sign, this, { capture: true })
    for (const wake of ["visibilitychange", "focus", "pageshow"]) window.removeEventListener(wake, this, { capture: true })
    clearInterval(this.#timer)
  }

  handleEvent(event) {
    // The first touch after a long sleep must not count as somebody having been there all the time.
    this.#look()
    if (!this.#cover && SIGNS.includes(event.type)) this.#note()
  }

  get #idle() {
    return Date.now() - Number(localStorage.getItem(LAST)) > Number(this.dataset.minutes) * 60_000
  }

  // Shared by all tabs of this browser: busy in one is busy in all.
  #note() {
    const now = Date.now()
    localStorage.setItem(LAST, now)
    if (now - this.#told > TELL_AFTER) {
      this.#told = now
      this.#tell()
    }
  }

  async #tell() {
    try {
      const answer = await this.#send(this.dataset.presence, new FormData())
      if (answer.status === 401) this.#lock()
    } catch {
      // No network: the server will lock in its own time, and says so at the next request.
    }
  }

  #look() {
    if (this.#idle) this.#lock()
    else if (this.#cover) this.#unlock()
  }

  async #lock() {
    if (this.#cover) return

    this.#title = document.title
    document.title = this.dataset.heading
    document.documentElement.toggleAttribute("data-locked", true)
    this.#cover = this.#made()
    this.append(this.#cover)
    this.#cover.showModal()
    document.dispatchEvent(new CustomEvent("carenet:locked"))
    await this.#ask()
  }

  #made() {
    const cover = document.createElement("dialog")
    cover.className = "lock-cover"
    cover.setAttribute("aria-label", this.dataset.heading)
    const heading = Object.assign(document.createElement("h1"), { textContent: this.dataset.heading })
    const lead = Object.assign(document.createElement("p"), { textContent: this.dataset.lead, className: "quiet" })
    cover.append(heading, lead, document.createElement("div"))
    cover.addEventListener("cancel", (event) => event.preventDefault())
    cover.addEventListener("submit", (event) => this.#prove(event))
    return cover
  }

  async #ask() {
    try {
      const answer = await fetch(this.dataset.locked, { headers: { "HX-Request": "true" } })
      if (!answer.ok || answer.redirected) return this.#leave()
      this.#fill(await answer.text())
    } catch {
      // Without a network the cover stays closed; the next sign of life looks again.
      window.addEventListener("online", () => this.#ask(), { once: true })
    }
  }

  #fill(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html")
    this.#cover?.lastElementChild.replaceChildren(...parsed.body.childNodes)
    this.#cover?.querySelector("input:not([type=hidden], .heard)")?.focus()
  }

  async #prove(event) {
    event.preventDefault()
    const answer = await this.#send(this.dataset.locked, new FormData(event.target))
    if (answer.status === 204) this.#unlock()
    else if (answer.status === 422) this.#fill(await answer.text())
    else this.#leave()
  }

  #unlock() {
    localStorage.setItem(LAST, Date.now())
    document.title = this.#title
    document.documentElement.removeAttribute("data-locked")
    this.#cover.close()
    this.#cover.remove()
    this.#cover = undefined
    document.dispatchEvent(new CustomEvent("carenet:unlocked"))
  }

  #leave() {
    location.assign(`${this.dataset.locked}?next=${encodeURIComponent(location.pathname + location.search)}`)
  }

  #send(address, body) {
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]
    return fetch(address, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token } })
  }
}

customElements.define("idle-lock", IdleLock)
