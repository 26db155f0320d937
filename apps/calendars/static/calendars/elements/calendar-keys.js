// <calendar-keys><a href="…" aria-keyshortcuts="ArrowLeft">…</a> …</calendar-keys>
// Follows the link of the key that is pressed: arrows, t for today, d w l for the views. Never while somebody types.

const TYPING = "input, select, textarea, [contenteditable]"

class CalendarKeys extends HTMLElement {
  #pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest?.(TYPING)) return
    const link = this.querySelector(`a[aria-keyshortcuts="${CSS.escape(event.key)}"]`)
    if (!link) return
    event.preventDefault()
    link.click()
  }

  connectedCallback() {
    document.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }
}

customElements.define("calendar-keys", CalendarKeys)
