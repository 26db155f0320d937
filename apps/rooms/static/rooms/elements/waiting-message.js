// One's own message that waits to be sent: counts down, is taken back into the composer or sent at once.
//
// <waiting-message data-seconds="9.4" data-counting="Sent in # seconds" data-going="Sending…"><div class="message-body">…</div>
//   … <p class="message-state">…</p> <form data-deed="removal">…</form> <form data-deed="sending">…</form></waiting-message>
//
// With data-still it does not count: written for later, or refused. Without this element its buttons are plain forms.

import { announce } from "kernel/announce"
import { csrfToken } from "kernel/csrf"

class WaitingMessage extends HTMLElement {
  #due
  #timer

  connectedCallback() {
    this.addEventListener("submit", this)
    this.#due = performance.now() + Number(this.dataset.seconds) * 1000
    if (!("still" in this.dataset)) this.#timer = setInterval(() => this.#count(), 250)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  #count() {
    const seconds = Math.ceil((this.#due - performance.now()) / 1000)
    const said = seconds > 0 ? this.dataset.counting.replace("#", seconds) : this.dataset.going
    const state = this.querySelector(".message-state")
    // Written only when it is another: nobody's screen reader is told the same twice.
    if (state.textContent !== said) state.textContent = said
  }

  async handleEvent(event) {
    event.preventDefault()
    const form = event.target
    const stream = this.closest("room-stream")
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrfToken() },
      redirect: "manual",
    })
    if (answer.ok && form.dataset.deed === "removal") {
      const { body, answers, asked_of: askedOf } = await answer.json()
      const quote = this.querySelector(".quote")
      this.closest(".message").remove()
      if (answers) stream.querySelector("answer-bar")?.giveBack({ number: answers, quote })
      const composer = stream.querySelector("message-composer")
      if (askedOf) composer?.asks(true)
      composer?.giveBack(body)
    } else if (answer.ok || answer.status === 404) {
      // Sent, by this press or before it.
      stream.catchUp()
    } else {
      const said = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent
      announce(said.trim(), { tone: "warning" })
    }
  }
}

customElements.define("waiting-message", WaitingMessage)
