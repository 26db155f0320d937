// <dialog-door><a class="button" href="/the/same/as/a/page/">Remove…</a><dialog class="dialog">…</dialog></dialog-door>
// Opens the dialog instead of following the link; without this element the link leads to a page that asks the same.
// Anything with [data-close] inside, the Escape key and a press beside the dialog close it.

class DialogDoor extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
  }

  handleEvent(event) {
    const dialog = this.querySelector("dialog")
    if (event.target === dialog || event.target.closest("[data-close]")) {
      dialog.close()
    } else if (!dialog.contains(event.target) && event.target.closest("a, button")) {
      event.preventDefault()
      dialog.showModal()
    }
  }
}

customElements.define("dialog-door", DialogDoor)
