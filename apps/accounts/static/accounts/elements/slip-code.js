// <slip-code><form>…<input name="code">…</form></slip-code>
// Takes the code of a scanned slip from the address's fragment, which no server ever saw, and clears the address.

class SlipCode extends HTMLElement {
  connectedCallback() {
    const code = decodeURIComponent(location.hash.slice(1))
    if (!code) return

    this.querySelector("[name=code]").value = code
    history.replaceState(null, "", location.pathname + location.search)
    this.querySelector("button").focus()
  }
}

customElements.define("slip-code", SlipCode)
