// Offers whom one can call, as soon as an @ is typed.
//
// <mention-picker data-from="/e/…/mentionable/" data-label="Whom to call" data-found="# to choose from"></mention-picker>
//
// Stands in the composer's form, above its field. What is chosen is put into the text by its whole name; the server knows
// from the text whom it means. Without this element the name is typed.

// What is typed after the last @ before the caret; an address of mail has a letter before its own.
const CALL = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^@＠\n]{0,30})$/u

class MentionPicker extends HTMLElement {
  #list
  #status
  #choices = null
  #chosen = -1
  // Where the call begins that was put away by Escape, or is complete.
  #refused = -1

  connectedCallback() {
    if (this.#list) return

    this.#list = document.createElement("ul")
    this.#list.className = "mention-choices"
    this.#list.id = "mention-choices"
    this.#list.setAttribute("role", "listbox")
    this.#list.setAttribute("aria-label", this.dataset.label)
    this.#status = document.createElement("p")
    this.#status.className = "heard"
    this.#status.setAttribute("role", "status")
    this.append(this.#list)
    this.after(this.#status)
    this.#field.setAttribute("aria-autocomplete", "list")
    this.#field.addEventListener("input", () => this.#look())
    this.#field.addEventListener("click", () => this.#look())
    this.#field.addEventListener("blur", () => this.#close())
    // Before the composer, for which Enter may mean to send.
    this.closest("form").addEventListener("keydown", (event) => this.#press(event), { capture: true })
    // The keyboard of a phone stays where it is.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault())
    this.#list.addEventListener("click", ({ target }) => this.#take(target.closest(".mention-choice")))
  }

  get #field() {
    return this.closest("form").elements.body
  }

  get #shown() {
    return [...this.#list.querySelectorAll(".mention-choice:not([hidden])")]
  }

  // The begin of the call and what is typed of it.
  get #call() {
    const before = this.#field.value.slice(0, this.#field.selectionStart)
    const found = this.#field.selectionStart === this.#field.selectionEnd && CALL.exec(before)
    return found ? { at: before.length - found[1].length - 1, typed: found[1] } : null
  }

  async #look() {
    const call = this.#call
    if (call?.at !== this.#refused) this.#refused = -1
    if (!call || this.#refused === call.at) return this.#close()

    if (!(await this.#fetched()) || this.#call?.at !== call.at) return this.#close()

    const sought = fold(this.#call.typed)
    for (const one of this.#list.children) one.hidden = !fold(one.dataset.sought).includes(sought)
    this.#shown.length ? this.#open() : this.#close()
  }

  // Once for each page: who is in the room is asked again when the message is there.
  async #fetched() {
    this.#choices ??= fetch(this.dataset.from, { headers: { "HX-Request": "true" }, redirect: "manual" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
      .then((html) => this.#fill(html))
      .catch(() => (this.#choices = null))
    await this.#choices
    return this.#choices !== null
  }

  #fill(html) {
    this.#list.innerHTML = html
    for (const [nth, one] of [...this.#list.children].entries()) one.id = `mention-choice-${nth}`
  }

  #open() {
    this.toggleAttribute("data-open", true)
    this.#field.setAttribute("aria-controls", this.#list.id)
    this.#choose(0)
    this.#status.textContent = this.dataset.found.replace("#", this.#shown.length)
  }

  #close() {
    this.removeAttribute("data-open")
    this.#field.removeAttribute("aria-controls")
    this.#field.removeAttribute("aria-activedescendant")
    this.#status.textContent = ""
  }

  #choose(nth) {
    const shown = this.#shown
    this.#chosen = (nth + shown.length) % shown.length
    for (const one of this.#list.children) one.setAttribute("aria-selected", String(one === shown[this.#chosen]))
    this.#field.setAttribute("aria-activedescendant", shown[this.#chosen].id)
    shown[this.#chosen].scrollIntoView({ block: "nearest" })
  }

  // The key that ends a conversion of kana chooses nobody.
  #press(event) {
    if (!this.hasAttribute("data-open") || event.isComposing || event.keyCode === 229) return

    if (event.key === "ArrowDown") this.#choose(this.#chosen + 1)
    else if (event.key === "ArrowUp") this.#choose(this.#chosen - 1)
    else if (event.key === "Escape") this.#refuse()
    else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      this.#take(this.#shown[this.#chosen])
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #refuse() {
    this.#refused = this.#call?.at ?? -1
    this.#close()
  }

  #take(choice) {
    const call = this.#call
    if (!choice || !call) return

    const field = this.#field
    this.#refused = call.at
    field.setRangeText(`@${choice.dataset.words} `, call.at, field.selectionStart, "end")
    this.#close()
    field.focus()
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

// Width, case and kana make no difference, and neither do spaces.
function fold(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "")
  return plain.replace(/[ァ-ヶ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

customElements.define("mention-picker", MentionPicker)
