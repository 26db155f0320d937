// Clears a client from an open screen the moment they are not open to its reader any more.
//
// <closed-clients data-slug="sakura" data-said="This client is not open to you any more. …" data-way="/e/sakura/clients/"
//     data-way-said="To the clients"></closed-clients>
// <main data-client="<uuid>">…</main>      a page about one client: its whole content gives way to the sentence
// <li data-client="<uuid>">…</li>          a row about one client: it goes

import { lineOf } from "rooms/line"

class ClosedClients extends HTMLElement {
  #line
  #closed = ({ detail }) => this.#clear(detail.client_closed)

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("client_closed", this.#closed)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("client_closed", this.#closed)
  }

  #clear(id) {
    for (const place of document.querySelectorAll(`[data-client="${CSS.escape(id)}"]`)) {
      if (place.closest("li, tr")) place.closest("li, tr").remove()
      else this.#giveWay()
    }
  }

  // Nothing of the client stays in the page: not in its title, not in an open dialog, not in a form.
  #giveWay() {
    const said = document.createElement("p")
    said.className = "empty-title"
    said.setAttribute("role", "alert")
    said.textContent = this.dataset.said
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
