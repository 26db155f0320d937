// Ticks everything in a long list, or nothing.
//
// <tick-all data-words="Tick all"><fieldset><legend>…</legend><label><input type="checkbox" …></label>…</fieldset></tick-all>
//
// Without it the list is ticked one by one.

class TickAll extends HTMLElement {
  connectedCallback() {
    const all = document.createElement("label")
    const box = document.createElement("input")
    all.className = "choice"
    box.type = "checkbox"
    box.addEventListener("change", () => {
      for (const one of this.querySelectorAll("input[type=checkbox][name]")) one.checked = box.checked
    })
    all.append(box, this.dataset.words)
    this.querySelector("legend").after(all)
  }
}

customElements.define("tick-all", TickAll)
