// <hold-clock data-over="…"><time datetime="2026-11-21T09:05:00+09:00">9:05</time></hold-clock>
// Counts a held place down by the second, and says when it is over. Without script the end stands there as a time of day.

class HoldClock extends HTMLElement {
  #clock

  connectedCallback() {
    this.#clock = setInterval(() => this.#tell(), 500)
    this.#tell()
  }

  disconnectedCallback() {
    clearInterval(this.#clock)
  }

  #tell() {
    const time = this.querySelector("time")
    if (!time) return
    const left = Math.ceil((new Date(time.dateTime) - Date.now()) / 1000)
    if (left > 0) {
      time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
    } else {
      clearInterval(this.#clock)
      this.textContent = this.dataset.over
      this.setAttribute("role", "status")
    }
  }
}

customElements.define("hold-clock", HoldClock)
