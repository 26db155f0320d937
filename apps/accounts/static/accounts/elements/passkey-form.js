// <passkey-form data-ceremony="create|get" data-options="/passkeys/…/ or #id-of-a-json-script" data-cancelled="…" data-trouble="…">
//   <form method="post" action="…">…<input type="hidden" name="credential"><button>…</button></form>
//   <p class="passkey-trouble" role="alert" hidden></p>
// </passkey-form>
// Holds the form back until the device has made or shown a passkey, then sends it with the credential.

import { make, possible, show } from "accounts/passkeys"

class PasskeyForm extends HTMLElement {
  #form
  #credential

  connectedCallback() {
    this.#form = this.querySelector("form")
    this.#credential = this.#form.elements.credential
    this.#credential.value = ""
    this.addEventListener("submit", this)
    if (!possible()) this.#say(this.dataset.trouble)
  }

  async handleEvent(event) {
    if (this.#credential.value) return

    event.preventDefault()
    event.stopPropagation()
    this.#say("")
    this.toggleAttribute("data-busy", true)
    try {
      const ceremony = this.dataset.ceremony === "create" ? make : show
      this.#credential.value = JSON.stringify(await ceremony(await this.#options()))
      this.#form.requestSubmit()
    } catch (error) {
      this.#say(error.name === "NotAllowedError" ? this.dataset.cancelled : error.sentence ?? this.dataset.trouble)
    } finally {
      this.removeAttribute("data-busy")
    }
  }

  async #options() {
    const source = this.dataset.options
    if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent)

    const answer = await fetch(source, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": this.#form.elements.csrfmiddlewaretoken.value },
    })
    const told = await answer.json()
    // A proof that is no longer fresh: the form's own page asks for it and comes back.
    if (told.code === "proof_needed") location.assign(this.#form.action)
    if (!answer.ok) throw Object.assign(new Error("refused"), { sentence: told.sentence })
    return told
  }

  #say(sentence) {
    const trouble = this.querySelector(".passkey-trouble")
    trouble.textContent = sentence
    trouble.hidden = !sentence
  }
}

customElements.define("passkey-form", PasskeyForm)
