// <passphrase-field data-show="Show" data-hide="Hide">…<input type="password">…</passphrase-field>
// Adds a button that shows what is being typed: a long passphrase on a small keyboard is otherwise typed blindly.

class PassphraseField extends HTMLElement {
  #input
  #button

  connectedCallback() {
    this.#input = this.querySelector("input")
    if (!this.#input || this.#button) return

    this.#button = Object.assign(document.createElement("button"), { type: "button", className: "passphrase-show" })
    this.#button.addEventListener("click", () => this.#turn(this.#input.type === "password"))
    this.#input.after(this.#button)
    this.#input.form?.addEventListener("submit", () => this.#turn(false))
    this.#turn(false)
  }

  #turn(shown) {
    this.#input.type = shown ? "text" : "password"
    this.#button.textContent = shown ? this.dataset.hide : this.dataset.show
    this.#button.setAttribute("aria-pressed", shown)
    this.#button.setAttribute("aria-controls", this.#input.id)
  }
}

customElements.define("passphrase-field", PassphraseField)
