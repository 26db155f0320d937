// "/" begins a search: puts the cursor into the field, or follows the link to the page that has one.
//
// <talk-search><form role="search">…<input type="search"></form></talk-search>
// <talk-search><a href="/e/…/rooms/search/">…</a></talk-search>
//
// Whoever is writing writes a "/". Without this element the field and the link are what they are.

class TalkSearch extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this)
  }

  handleEvent(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return

    event.preventDefault()
    const field = this.querySelector("input[type=search]")
    if (field) field.select()
    else this.querySelector("a").click()
  }
}

customElements.define("talk-search", TalkSearch)
