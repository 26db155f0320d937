// Confirmations below messages, while the room is open: given without leaving the page, counted as they come.
//
// <confirm-buttons></confirm-buttons>
//
// Stands inside a room-stream. Without it the button of a message (.ask-form) is a plain form. Who has confirmed is said by
// the list alone; over the line come numbers, and whether the message waits for this person no more.

import { announce } from "kernel/announce"
import { csrfToken } from "kernel/csrf"
import { lineOf } from "rooms/line"

class ConfirmButtons extends HTMLElement {
  #line
  #stream
  #on = {
    acknowledged: ({ detail }) => detail.room === this.#stream.dataset.room && this.#count(detail.acknowledged),
    confirmed: ({ detail }) => detail.room === this.#stream.dataset.room && this.#settle(this.#message(detail.confirmed)),
  }

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    this.#stream.addEventListener("submit", this)
    this.#stream.addEventListener("click", this)
    this.#line = lineOf(this.#stream.dataset.slug)
    for (const [sign, hear] of Object.entries(this.#on)) this.#line.addEventListener(sign, hear)
  }

  disconnectedCallback() {
    this.#stream.removeEventListener("submit", this)
    this.#stream.removeEventListener("click", this)
    for (const [sign, hear] of Object.entries(this.#on)) this.#line.removeEventListener(sign, hear)
  }

  handleEvent(event) {
    const form = event.type === "submit" && event.target.closest(".ask-form")
    const list = event.type === "click" && event.target.closest("a.ask-list")
    if (form) this.#confirm(event, form.closest(".message"))
    // A message that came over the line is written for everybody, without the address it is at.
    else if (list) list.href = `${this.#stream.dataset.messages}${list.closest(".message").dataset.number}/acknowledgements/`
  }

  async #confirm(event, message) {
    event.preventDefault()
    const button = message.querySelector(".ask-form button")
    button.disabled = true
    const answer = await fetch(`${this.#stream.dataset.messages}${message.dataset.number}/acknowledgement/`, {
      method: "POST",
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
      redirect: "manual",
    }).catch(() => null)
    button.disabled = false
    if (answer?.ok) {
      this.#settle(message)
      message.querySelector(".ask-list").focus({ preventScroll: true })
    } else if (answer) {
      const said = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent
      announce(said.trim().replace(/\s+/g, " "), { tone: "warning" })
    } else {
      announce(this.dataset.lost, { tone: "warning" })
    }
  }

  #count(told) {
    for (const [number, [done, of, isSettled]] of Object.entries(told)) {
      const message = this.#message(number)
      const place = message?.querySelector(".ask-count")
      if (!place) continue

      place.textContent = `${done} / ${of}`
      message.toggleAttribute("data-settled", isSettled)
    }
  }

  #settle(message) {
    message?.toggleAttribute("data-settled", true)
  }

  #message(number) {
    return this.#stream.querySelector(`.message[data-number="${number}"]`)
  }
}

customElements.define("confirm-buttons", ConfirmButtons)
