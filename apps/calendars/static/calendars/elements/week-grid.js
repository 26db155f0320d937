// <week-grid data-first="8">… <li data-begins="600" data-ends="660" data-lane="0" data-lanes="2">…</li> …</week-grid>
// Places each event at its time of day, those that overlap side by side. Without script the days stay lists.

class WeekGrid extends HTMLElement {
  connectedCallback() {
    for (const event of this.querySelectorAll("[data-begins]")) {
      const { begins, ends, lane, lanes } = event.dataset
      event.style.setProperty("--begins", (begins - 60 * this.dataset.first) / 60)
      event.style.setProperty("--length", Math.max(ends - begins, 30) / 60)
      event.style.setProperty("--lane", lane)
      event.style.setProperty("--lanes", lanes)
    }
    this.toggleAttribute("data-placed", true)
  }
}

customElements.define("week-grid", WeekGrid)
