// <counter-key data-way="/e/sakura/visits/find/"></counter-key>
// F2 leads to the counter from every page, as long as nothing was typed that would be lost: then the key does nothing.

class CounterKey extends HTMLElement {
  #pressed = (event) => {
    if (event.key !== "F2" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (!isTyped()) location.assign(this.dataset.way)
  }

  connectedCallback() {
    document.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }
}

function isTyped() {
  const field = document.activeElement
  return field?.matches?.("textarea, input:not([type=search])") && field.value !== field.defaultValue
}

customElements.define("counter-key", CounterKey)
