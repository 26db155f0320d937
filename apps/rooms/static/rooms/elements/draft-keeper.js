// Keeps what is written and not sent, so that it is there on every device of this person.
//
// <draft-keeper data-draft="/e/…/rooms/…/draft/"></draft-keeper>
//
// Stands in the composer's form. A moment after the last key, and when the page is left, the server is told what the field
// holds; what has been sent is forgotten there by the sending itself.

import { csrfToken } from "kernel/csrf"

const MOMENT = 900

class DraftKeeper extends HTMLElement {
  #form
  #timer = null
  #told
  #leave = () => this.#timer && this.#keep({ keepalive: true })

  connectedCallback() {
    this.#form = this.closest("form")
    this.#told = this.#held
    for (const kind of ["input", "click", "keydown", "submit"]) this.#form.addEventListener(kind, this)
    addEventListener("pagehide", this.#leave)
    document.addEventListener("visibilitychange", this.#leave)
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leave)
    document.removeEventListener("visibilitychange", this.#leave)
    this.#leave()
  }

  // A key, a press that changes what is answered, a sending that empties the field: soon, when nothing follows.
  handleEvent() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#keep({}), MOMENT)
  }

  get #held() {
    const { body, answers } = this.#form.elements
    return new URLSearchParams({ body: body.value, answers: body.value.trim() ? answers.value : "" }).toString()
  }

  // What is the same as before is not told again; one that could not be told is told with the next key.
  async #keep({ keepalive = false }) {
    clearTimeout(this.#timer)
    this.#timer = null
    const held = this.#held
    if (held === this.#told) return

    this.#told = held
    const answer = await fetch(this.dataset.draft, {
      method: "POST",
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken(), "Content-Type": "application/x-www-form-urlencoded" },
      body: held,
      redirect: "manual",
      keepalive,
    }).catch(() => null)
    if (!answer?.ok) this.#told = null
  }
}

customElements.define("draft-keeper", DraftKeeper)
