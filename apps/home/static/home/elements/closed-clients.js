// Clears a client from an open screen the moment they are not open to its reader any more.
//
// <closed-clients data-slug="sakura" data-said="This client is not open to you any more. …" data-way="/e/sakura/clients/"
//     data-consent-withdrawn="…" data-consent-ended="…" data-seat-ended="…" data-way-said="To the clients"></closed-clients>
// <main data-client="<uuid>">…</main>      a page about one client: its whole content gives way to the sentence
// <li data-client="<uuid>">…</li>          a row about one client: it goes

import { lineOf } from "rooms/line"

class ClosedClients extends HTMLElement {
  #line
  #closed = ({ detail }) => this.#clear(detail.client_closed, detail.why)

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("client_closed", this.#closed)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("client_closed", this.#closed)
  }

  #clear(id, why) {
    for (const place of document.querySelectorAll(`[data-client="${CSS.escape(id)}"]`)) {
      if (place.closest("li, tr")) place.closest("li, tr").remove()
      else this.#giveWay(why)
    }
  }

  // The reason comes as a code, such as consent_withdrawn; its sentence stands in data-consent-withdrawn.
  #sentence(why) {
    const name = (why ?? "").replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
    return this.dataset[name] || this.dataset.said
  }

  // Nothing of the client stays in the page: not in its title, not in an open dialog, not in a form.
  #giveWay(why) {
    const said = document.createElement("p")
    said.className = "empty-title"
    said.setAttribute("role", "alert")
    said.textContent = this.#sentence(why)
    const way = document.createElement("a")
    way.className = "button"
    way.href = this.dataset.way
    way.textContent = this.dataset.waySaid
    const notice = document.createElement("div")
    notice.className = "empty client-closed"
    notice.append(said, way)
    document.querySelector("main").replaceChildren(notice)
    document.title = "carenet"
  }
}

customElements.define("closed-clients", ClosedClients)
