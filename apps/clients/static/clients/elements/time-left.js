// Counts down to a moment; when it has come, asks the server again, which says that the page is open no more.
//
// <time-left data-over="The time is over."><time datetime="2026-11-21T14:32:00+09:00">until 14:32</time>
//     <span class="time-left" data-left="Time left"></span></time-left>

class TimeLeft extends HTMLElement {
  #clock

  connectedCallback() {
    this.#clock = setInterval(() => this.#count(), 1000)
    this.#count()
  }

  disconnectedCallback() {
    clearInterval(this.#clock)
  }

  #count() {
    const until = new Date(this.querySelector("time").dateTime)
    const seconds = Math.ceil((until - Date.now()) / 1000)
    const place = this.querySelector(".time-left")
    place.textContent = seconds > 0 ? `${place.dataset.left} ${written(seconds)}` : this.dataset.over
    if (seconds <= 0) {
      clearInterval(this.#clock)
      // A second later, so that a clock that runs ahead of the server's does not ask for ever.
      setTimeout(() => location.reload(), 1000)
    }
  }
}

// 1:59:07, the hours only where there are any.
function written(seconds) {
  const two = (number) => String(number).padStart(2, "0")
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

customElements.define("time-left", TimeLeft)
