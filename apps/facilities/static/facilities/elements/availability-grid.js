// Free places marked with one press each: ○, △, ×, empty.
//
// <availability-grid data-fill="All of them">
//   <p class="grid-help" hidden>…</p>
//   <button name="answer.same">…</button>
//   <table><thead><tr><td></td><th>Morning</th>…</tr></thead>
//     <tbody><tr><th>Mon</th><td><select name="answer.mon.morning.preschool" aria-label="…" data-last="free">…</select></td>…
//   <div class="grid-number" hidden><label>…<span data-where></span></label><input type="number" disabled></div>
// </availability-grid>
//
// The lists stay in the form and are what is sent; each is shown as a button. Arrows go from cell to cell, digits say how many
// places there are, Delete empties. The head of a row or column marks all of it like the next mark of its first cell.
// Without script the lists are what they are.

const ROUND = ["free", "ask", "full", ""]
const SIGNS = { "": "–", free: "○", ask: "△", full: "×" }
const MOST = 99

class AvailabilityGrid extends HTMLElement {
  #buttons = new Map()
  #present = null
  #typed = ""

  connectedCallback() {
    if (this.#buttons.size) return

    for (const list of this.querySelectorAll("select")) this.#show(list)
    for (const head of this.querySelectorAll("thead th")) this.#fills(head, () => this.#column(head))
    for (const head of this.querySelectorAll("tbody th")) this.#fills(head, () => [...head.parentElement.querySelectorAll("select")])
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.#number.addEventListener("input", () => this.#count(this.#number.value))
    this.querySelector("button[name$='.same']")?.addEventListener("click", (event) => this.#sameAgain(event))
    this.querySelector(".grid-help").hidden = false
    this.querySelector(".grid-number").hidden = false
  }

  get #number() {
    return this.querySelector(".grid-number input")
  }

  #show(list) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "grid-cell"
    button.addEventListener("click", () => this.#say(list, next(list.value)))
    button.addEventListener("focus", () => this.#turnTo(list))
    this.#buttons.set(list, button)
    list.hidden = true
    list.after(button)
    this.#draw(list)
  }

  #fills(head, lists) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "grid-head"
    button.title = this.dataset.fill
    button.append(...head.childNodes)
    button.addEventListener("click", () => {
      const cells = lists()
      const mark = next(cells[0].value)
      for (const list of cells) this.#say(list, mark)
    })
    head.append(button)
  }

  #column(head) {
    const place = [...head.parentElement.children].indexOf(head)
    return [...head.closest("table").tBodies[0].rows].map((row) => row.cells[place].querySelector("select"))
  }

  #say(list, value) {
    if (![...list.options].some((option) => option.value === value)) list.add(new Option(value, value))
    list.value = value
    this.#draw(list)
    if (list === this.#present) this.#number.value = /^\d+$/.test(value) ? value : ""
  }

  #draw(list) {
    const button = this.#buttons.get(list)
    const sign = SIGNS[list.value] ?? list.value
    button.textContent = sign
    button.dataset.said = SIGNS[list.value] === undefined ? (list.value === "0" ? "full" : "free") : list.value
    button.setAttribute("aria-label", `${list.getAttribute("aria-label")}: ${sign}`)
  }

  #turnTo(list) {
    this.#present = list
    this.#typed = ""
    this.#number.disabled = false
    this.#number.value = /^\d+$/.test(list.value) ? list.value : ""
    this.querySelector("[data-where]").textContent = ` ${list.getAttribute("aria-label")}`
  }

  #count(text) {
    const number = Number(text)
    if (!this.#present || !Number.isInteger(number) || number < 0 || number > MOST) return

    this.#say(this.#present, text === "" ? "" : String(number))
  }

  #keyed(event) {
    if (!event.target.matches(".grid-cell") || event.ctrlKey || event.metaKey || event.altKey) return

    if (event.key in MOVES) this.#move(event.target, MOVES[event.key])
    else if (/^\d$/.test(event.key)) this.#digit(event.key)
    else if (event.key === "Delete" || event.key === "Backspace") this.#say(this.#present, "")
    else return
    event.preventDefault()
  }

  #digit(digit) {
    this.#typed = (this.#typed + digit).slice(-2)
    this.#count(this.#typed)
  }

  #move(button, [down, right]) {
    const cell = button.closest("td")
    const rows = [...cell.closest("tbody").rows]
    const row = rows[rows.indexOf(cell.parentElement) + down]
    row?.cells[cell.cellIndex + right]?.querySelector(".grid-cell")?.focus()
  }

  #sameAgain(event) {
    event.preventDefault()
    for (const list of this.#buttons.keys()) this.#say(list, list.dataset.last)
  }
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

// A number goes on as ○ does.
function next(value) {
  return ROUND[(ROUND.indexOf(value in SIGNS ? value : "free") + 1) % ROUND.length]
}

customElements.define("availability-grid", AvailabilityGrid)
