// Asks before a page is left on which something was typed and not saved.
//
// <unsaved-text data-typed><form method="post">…</form></unsaved-text>
//
// `data-typed` says that the form came back with what was typed before. Sending the form asks nothing.

class UnsavedText extends HTMLElement {
  #typed = false
  #leave = (event) => this.#typed && event.preventDefault()

  connectedCallback() {
    this.#typed = "typed" in this.dataset
    this.addEventListener("input", () => (this.#typed = true))
    this.addEventListener("submit", () => (this.#typed = false))
    addEventListener("beforeunload", this.#leave)
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.#leave)
  }
}

customElements.define("unsaved-text", UnsavedText)
