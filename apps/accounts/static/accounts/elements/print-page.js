// <print-page hidden><button type="button">Print</button></print-page>
// Prints the page; stays hidden where no script runs.

class PrintPage extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.querySelector("button").addEventListener("click", () => window.print())
  }
}

customElements.define("print-page", PrintPage)
