// Sends what an earlier page could not, from whatever page is opened next; what needs its author says so, with the way there.
//
// <unsent-messages data-owner="<member>" data-waiting="Some messages wait …" data-stopped="A message needs …" data-way-words="Look at it">
// </unsent-messages>
//
// One tab at a time and in the order of writing. A room that is open here is the business of its own composer.

import { drop, kept } from "kernel/outbox"
import { deliver, pause } from "rooms/delivery"

const PAUSE = 2_000
const LONGEST_PAUSE = 15_000

class UnsentMessages extends HTMLElement {
  // The rooms in which something needs its author: what was written after it waits too.
  #stopped = new Set()

  async connectedCallback() {
    if (!(await this.#next())) return
    if (!navigator.locks) return this.#send()

    await navigator.locks.request("carenet-outbox", () => this.isConnected && this.#send())
  }

  async #send() {
    let seconds = PAUSE
    for (let entry = await this.#next(); entry && this.isConnected; entry = await this.#next()) {
      const state = await this.#deliver(entry)
      if (state === "stored" || state === "held") {
        seconds = PAUSE
        await drop(entry.key)
      } else if (state === "lost") {
        this.#say(this.dataset.waiting)
        await pause(seconds)
        seconds = Math.min(seconds * 2, LONGEST_PAUSE)
      } else if (state === "nobody") {
        return location.reload()
      } else {
        this.#stopped.add(entry.room)
      }
    }
    this.#say(this.#stopped.size ? this.dataset.stopped : "", [...this.#stopped][0])
  }

  async #next() {
    const open = document.querySelector("message-composer form")?.action
    const here = open && new URL(open).pathname
    return (await kept(this.dataset.owner)).find(({ room }) => room !== here && !this.#stopped.has(room))
  }

  async #deliver(entry) {
    try {
      return (await deliver({ ...entry, ids: await uploaded(entry) })).state
    } catch (trouble) {
      return trouble.passes === false ? "refused" : "lost"
    }
  }

  #say(sentence, room) {
    this.replaceChildren()
    if (!sentence) return

    const said = document.createElement("p")
    said.setAttribute("role", "status")
    said.textContent = sentence
    this.append(said)
    if (!room) return

    const way = document.createElement("a")
    way.className = "button"
    way.dataset.size = "small"
    way.href = room.replace(/messages\/$/, "")
    way.textContent = this.dataset.wayWords
    this.append(way)
  }
}

async function uploaded({ files, uploads }) {
  if (!files.length) return []

  const { upload } = await import("files/upload")
  return Promise.all(files.map((file) => upload(file, uploads)))
}

customElements.define("unsent-messages", UnsentMessages)
