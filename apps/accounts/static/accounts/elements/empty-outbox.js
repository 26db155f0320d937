// <empty-outbox></empty-outbox>    where somebody is asked to sign in: nothing of whoever was here before stays on the device

import { empty } from "kernel/outbox"

class EmptyOutbox extends HTMLElement {
  connectedCallback() {
    empty()
  }
}

customElements.define("empty-outbox", EmptyOutbox)
