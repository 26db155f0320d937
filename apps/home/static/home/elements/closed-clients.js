// Clears a client from an open screen the moment they are not open to its reader any more, and shows anew what may be told
// of them when that changes: since a client is protected, no place and no name near them stays on a page that was open.
//
// <closed-clients data-slug="sakura" data-said="This client is not open to you any more. …" data-way="/e/sakura/clients/"
//     data-consent-withdrawn="…" data-consent-ended="…" data-seat-ended="…" data-way-said="To the clients"></closed-clients>
// <main data-client="<uuid>">…</main>      a page about one client: its whole content gives way to the sentence
// <li data-client="<uuid>">…</li>          a row about one client: it goes; what is told anew is fetched with the page
// <span data-place>…</span>                in a row: a place, which goes where the row cannot be fetched anew

import { lineOf } from "rooms/line"

const TYPED = "textarea[name], input:not([type=hidden], [type=checkbox], [type=radio], [type=file])[name]"

function fieldsOf(main, action, name) {
  const named = [...main.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
  return named.filter((field) => field.matches(TYPED) && field.form?.getAttribute("action") === action)
}

// What was written into the page since it came: of each field its form, its name, and which of several it is.
function typedIn(main) {
  const changed = [...main.querySelectorAll(TYPED)].filter((field) => field.form && field.value !== field.defaultValue)
  return changed.map((field) => {
    const action = field.form.getAttribute("action")
    const nth = fieldsOf(main, action, field.name).indexOf(field)
    return { action, name: field.name, nth, value: field.value }
  })
}

class ClosedClients extends HTMLElement {
  #line
  #closed = ({ detail }) => this.#clear(detail.client_closed, detail.why)
  #changed = ({ detail }) => this.#renew(detail.client_changed)

  connectedCallback() {
    this.#line = lineOf(this.dataset.slug)
    this.#line.addEventListener("client_closed", this.#closed)
    this.#line.addEventListener("client_changed", this.#changed)
  }

  disconnectedCallback() {
    this.#line.removeEventListener("client_closed", this.#closed)
    this.#line.removeEventListener("client_changed", this.#changed)
  }

  #clear(id, why) {
    for (const place of document.querySelectorAll(`[data-client="${CSS.escape(id)}"]`)) {
      if (place.closest("li, tr")) place.closest("li, tr").remove()
      else this.#giveWay(why)
    }
  }

  async #renew(id) {
    const places = [...document.querySelectorAll(`[data-client="${CSS.escape(id)}"]`)]
    if (places.some((place) => !place.closest("li, tr"))) await this.#again()
    else if (places.length) await this.#renewRows(id, places)
  }

  // A page about the client is asked for anew, never sent anew: it may stand here as the answer to a form. What somebody
  // has typed goes over into the fields that the fresh page still has; a field of a place does not come back.
  async #again() {
    const main = document.querySelector("main")
    const typed = typedIn(main)
    const answer = typed.length ? await fetch(location.pathname + location.search).catch(() => null) : null
    history.replaceState(history.state, "", location.pathname + location.search)
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main")
    if (!fresh) return location.replace(location.href)

    const anew = document.importNode(fresh, true)
    main.replaceWith(anew)
    window.htmx?.process(anew)
    for (const { action, name, nth, value } of typed) {
      const field = fieldsOf(anew, action, name)[nth]
      if (field) field.value = value
    }
  }

  async #renewRows(id, places) {
    const rows = places.map((place) => place.closest("li, tr"))
    // At once, whatever the line to the server does then.
    for (const row of rows) row.querySelectorAll("[data-place]").forEach((place) => place.remove())
    const answer = await fetch(location.pathname + location.search).catch(() => null)
    if (!answer?.ok) return

    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = [...page.querySelectorAll(`[data-client="${CSS.escape(id)}"]`)].map((place) => place.closest("li, tr"))
    // Of what was searched for the page knows nothing: then the row stays, without its place.
    rows.forEach((row, nth) => fresh[nth] && row.replaceWith(document.importNode(fresh[nth], true)))
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
