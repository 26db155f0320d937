// A list of boxes: says how many are ticked, and with Shift ticks everything between two of them.
//
// <tick-range data-one="1 message" data-many="# messages"><form>… <input type="checkbox"> … <output></output></form></tick-range>
//
// Without this element the boxes are ticked one by one.

class TickRange extends HTMLElement {
  #last = null

  connectedCallback() {
    this.addEventListener("click", this)
    this.addEventListener("change", () => this.#count())
    this.#count()
  }

  handleEvent(event) {
    const box = event.target
    if (!box.matches("input[type=checkbox]")) return

    const boxes = [...this.querySelectorAll("input[type=checkbox]")]
    if (event.shiftKey && this.#last) {
      const ends = [boxes.indexOf(this.#last), boxes.indexOf(box)].sort((one, other) => one - other)
      for (const one of boxes.slice(ends[0], ends[1] + 1)) one.checked = box.checked
    }
    this.#last = box
    this.#count()
  }

  #count() {
    const ticked = this.querySelectorAll("input[type=checkbox]:checked").length
    const { one, many } = this.dataset
    this.querySelector("output").textContent = ticked === 1 ? one : many.replace("#", ticked)
    this.querySelector("button").disabled = ticked === 0
  }
}

customElements.define("tick-range", TickRange)
