// Shows a file over the page it stands on, so that nothing has to be saved on the device to be seen.
//
// <file-viewer><a href="/e/…/files/41/1/" data-viewer>…</a> …
//   <dialog class="dialog viewer" data-lost="…"><div class="viewer-content"></div>… <button data-close>…</dialog>
// </file-viewer>
//
// A press on [data-viewer] fetches what its page shows; without this element the link leads to that page. What was shown
// is taken out of the page when the dialog closes.

class FileViewer extends HTMLElement {
  #dialog
  #content

  connectedCallback() {
    this.#dialog = this.querySelector("dialog.viewer")
    this.#content = this.#dialog.querySelector(".viewer-content")
    this.addEventListener("click", this)
    this.#dialog.addEventListener("close", () => this.#content.replaceChildren())
  }

  handleEvent(event) {
    const link = event.target.closest("a[data-viewer]")
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      this.#open(link.href)
    } else if (event.target === this.#dialog || (this.#dialog.contains(event.target) && event.target.closest("[data-close]"))) {
      event.preventDefault()
      this.#dialog.close()
    }
  }

  async #open(address) {
    const parsed = document.createElement("template")
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "manual" })
      if (answer.type === "opaqueredirect" || answer.status === 401) return location.reload()

      parsed.innerHTML = await answer.text()
    } catch {
      const words = document.createElement("p")
      words.textContent = this.#dialog.dataset.lost
      parsed.content.append(words)
    }
    this.#content.replaceChildren(parsed.content)
    if (!this.#dialog.open) this.#dialog.showModal()
  }
}

customElements.define("file-viewer", FileViewer)
