// Answers in set phrases below messages: pressed to say the same, pressed again to take it back.
//
// <message-reactions data-slug="sakura" data-room="<uuid>" data-messages="/e/…/messages/"></message-reactions>
//
// Stands inside a room-stream. A message comes over the line alike for everybody; which phrases are one's own stands in
// its data-reacted, which this element keeps when a message is replaced and changes when the line says so ("reacted").

import { announce } from "kernel/announce"
import { csrfToken } from "kernel/csrf"
import { sentenceIn } from "kernel/sentence"
import { lineOf } from "rooms/line"

class MessageReactions extends HTMLElement {
  #stream
  #line
  #heard = ({ detail }) => detail.room === this.dataset.room && this.#own(detail)

  connectedCallback() {
    this.#stream = this.closest("room-stream")
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("reacted", this.#heard)
    for (const kind of ["click", "message-changed"]) this.#stream.addEventListener(kind, this)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("reacted", this.#heard)
    for (const kind of ["click", "message-changed"]) this.#stream.removeEventListener(kind, this)
  }

  handleEvent(event) {
    if (event.type === "message-changed") this.#keep(event.detail)
    else if (event.target.closest(".messages .reaction")) this.#press(event, event.target.closest(".reaction"))
  }

  #message(number) {
    return this.#stream.querySelector(`.message[data-number="${number}"]`)
  }

  async #press(event, reaction) {
    event.preventDefault()
    const { number } = reaction.closest(".message").dataset
    const state = reaction.getAttribute("aria-pressed") === "true" ? "off" : "on"
    const answer = await fetch(`${this.dataset.messages}${number}/reaction/`, {
      method: "POST",
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ kind: reaction.dataset.kind, state }),
      redirect: "manual",
    }).catch(() => null)
    // Somebody else has it already, or what was confirmed stays: the sentence says so.
    if (answer?.status === 422) announce(sentenceIn(await answer.text()), { tone: "warning" })
    if (!answer?.ok) return this.#stream.catchUp()

    this.#own({ reacted: number, kind: reaction.dataset.kind, is_on: state === "on" })
    if (this.#line.state !== "live") this.#stream.catchUp()
  }

  #own({ reacted, kind, is_on: isOn }) {
    const message = this.#message(reacted)
    if (!message) return

    const kinds = new Set((message.dataset.reacted ?? "").split(" ").filter(Boolean))
    if (isOn) kinds.add(kind)
    else kinds.delete(kind)
    message.dataset.reacted = [...kinds].join(" ")
    this.#paint(message)
  }

  #keep(item) {
    const held = document.activeElement?.closest?.(".reaction")?.dataset.kind
    const old = this.#message(item.dataset.number)
    item.dataset.reacted ??= old?.dataset.reacted ?? ""
    this.#paint(item)
    if (held && old?.contains(document.activeElement)) {
      queueMicrotask(() => item.querySelector(`.reaction[data-kind="${held}"]`)?.focus({ preventScroll: true }))
    }
  }

  #paint(message) {
    const kinds = (message.dataset.reacted ?? "").split(" ")
    for (const one of message.querySelectorAll(".reaction")) {
      one.setAttribute("aria-pressed", kinds.includes(one.dataset.kind))
    }
  }
}

customElements.define("message-reactions", MessageReactions)
