// A room's messages, live.
//
// <room-stream data-slug="sakura" data-room="<uuid>" data-me="<member>" data-mark="40" data-change="7" data-messages="/e/…/messages/"
//     data-read-mark="/e/…/read-mark/" data-rooms="/e/…/rooms/">
//   <p class="stream-state" data-live data-polling data-lost data-closed hidden></p>
//   <div class="messages-frame"><ol class="messages">…</ol></div>
//   <button class="to-newest" hidden>…</button>
//   <message-composer>…</message-composer>
// </room-stream>
//
// What comes over the line is appended when it is the next number, ignored when it is known, and fetched through the
// same door as the first paint when a number is missing. A message that was changed is put in the place of what it was;
// data-change says up to which change of the room none was missed. The read mark moves when the last message was on screen.

import { csrfToken } from "kernel/csrf"
import { lineOf } from "rooms/line"

const NEAR_THE_END = 120
const WAIT = 20
const BACKGROUND = { "X-Carenet-Background": "1", "HX-Request": "true" }

class RoomStream extends HTMLElement {
  #line
  #list
  #frame
  #newest
  #state
  #marked
  #working = false
  #wanted = false
  #polling = null
  // Until the changes of the time away are here, a live one says nothing of those before it.
  #behind = true
  #seen = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && this.#mark())
  #on = {
    message: ({ detail }) => detail.room === this.dataset.room && this.#hear(detail),
    message_changed: ({ detail }) => detail.room === this.dataset.room && this.#hearChange(detail),
    ready: () => this.#comeBack(),
    catch_up: () => this.#comeBack(),
    opened: ({ detail }) => detail.opened === this.dataset.room && this.#comeBack(),
    changed: ({ detail }) => detail.changed === this.dataset.room && this.#askAnew(),
    waiting: ({ detail }) => detail.waiting === this.dataset.room && this.#askWaiting(),
    closed: ({ detail }) => detail.closed === this.dataset.room && this.#close(),
    state: ({ detail }) => this.#become(detail),
  }

  connectedCallback() {
    this.#list = this.querySelector(".messages")
    this.#frame = this.querySelector(".messages-frame")
    this.#newest = this.querySelector(".to-newest")
    this.#state = this.querySelector(".stream-state")
    this.#marked = Number(this.dataset.mark)
    this.#newest.addEventListener("click", () => this.toEnd())
    this.#frame.addEventListener("scroll", () => this.#atEnd() && (this.#newest.hidden = true), { passive: true })
    document.addEventListener("visibilitychange", this.#mark)
    addEventListener("focus", this.#mark)
    this.#line = lineOf(this.dataset.slug)
    for (const [sign, hear] of Object.entries(this.#on)) this.#line.addEventListener(sign, hear)
    this.#toFirstUnread()
    this.#watchLast()
    // A line that another element opened may be ready already.
    if (this.#line.state === "live") this.#comeBack()
    this.#become({ state: this.#line.state })
  }

  disconnectedCallback() {
    for (const [sign, hear] of Object.entries(this.#on)) this.#line.removeEventListener(sign, hear)
    document.removeEventListener("visibilitychange", this.#mark)
    removeEventListener("focus", this.#mark)
    this.#seen.disconnect()
    this.#polling?.abort()
  }

  get last() {
    return Number(this.#lastMessage()?.dataset.number ?? 0)
  }

  toEnd() {
    this.#frame.scrollTop = this.#frame.scrollHeight
    this.#newest.hidden = true
  }

  // A message of one's own that is on its way, shown until its number comes.
  expect(item) {
    this.#list.querySelector(".messages-empty")?.remove()
    this.#list.append(item)
    this.toEnd()
  }

  // The server has it and lets it wait: shown as it says, unless it has gone out already.
  wait(item, html) {
    if (!item.isConnected) return

    const parsed = document.createElement("template")
    parsed.innerHTML = html
    item.replaceWith(parsed.content)
    this.toEnd()
  }

  // What of one's own waits, as it is on every screen; what this screen is sending stays.
  async #askWaiting() {
    const answer = await fetch(this.dataset.waiting, { headers: BACKGROUND, redirect: "manual" }).catch(() => null)
    if (!answer?.ok) return

    const parsed = document.createElement("template")
    parsed.innerHTML = await answer.text()
    const waiting = [...parsed.content.querySelectorAll(".message")]
    for (const old of this.#list.querySelectorAll("[data-waiting]")) {
      const now = waiting.find((one) => one.dataset.waiting === old.dataset.waiting)
      if (now && isTheSame(now, old)) now.remove()
      else old.remove()
    }
    for (const one of parsed.content.querySelectorAll(".message")) {
      const { pending } = one.dataset
      if (!this.#list.querySelector(`[data-pending="${pending}"], [data-key="${pending}"]`)) this.#list.append(one)
    }
    if (this.#atEnd()) this.toEnd()
  }

  #comeBack() {
    this.#behind = true
    if (this.#list.querySelector("[data-waiting]")) this.#askWaiting()
    this.catchUp()
  }

  // One request at a time; whatever is wanted meanwhile is fetched by the next turn.
  async catchUp() {
    this.#wanted = true
    if (this.#working) return

    this.#working = true
    while (this.#wanted) {
      this.#wanted = false
      try {
        if (await this.#fetchNewer({})) this.#wanted = true
      } catch {
        break
      }
    }
    this.#working = false
  }

  async #fetchNewer({ wait = 0, signal }) {
    const { messages, change } = this.dataset
    const address = `${messages}?after=${this.last}&changed_after=${change}&wait=${wait}`
    const answer = await fetch(address, { headers: BACKGROUND, signal, redirect: "manual" })
    if (answer.status === 404) this.#close()
    else if (answer.type === "opaqueredirect" || answer.status === 401) location.reload()
    if (answer.status !== 200 && answer.status !== 204) return false

    const html = answer.status === 200 ? await answer.text() : ""
    if (html) this.#take(html)
    this.dataset.change = Math.max(this.dataset.change, answer.headers.get("X-Carenet-Change"))
    if (!html) this.#behind = false
    return html !== ""
  }

  #hear({ message, html }) {
    if (message <= this.last) return

    message === this.last + 1 ? this.#take(html) : this.catchUp()
  }

  #hearChange({ change, html }) {
    this.#take(html)
    if (!this.#behind) this.dataset.change = Math.max(this.dataset.change, change)
  }

  // Messages as the server writes them: a new one goes to the end, one that is here already is replaced.
  #take(html) {
    const stay = !this.#atEnd()
    const last = this.last
    const parsed = document.createElement("template")
    parsed.innerHTML = html
    for (const item of parsed.content.querySelectorAll(".message")) this.#place(item)
    this.#watchLast()
    if (!stay) this.toEnd()
    else if (this.last > last) this.#newest.hidden = false
  }

  #place(item) {
    item.toggleAttribute("data-mine", item.dataset.author === this.dataset.me)
    item.querySelector(".message-more").href = `${this.dataset.messages}${item.dataset.number}/`
    const quote = item.querySelector("a.quote")
    if (quote) quote.href = `${this.dataset.messages}${quote.dataset.answers}/`
    Number(item.dataset.number) > this.last ? this.#append(item) : this.#replace(item)
  }

  // In its place, with the keyboard where it was.
  #replace(item) {
    const old = this.#list.querySelector(`.message[data-number="${item.dataset.number}"]`)
    this.dispatchEvent(new CustomEvent("message-changed", { detail: item }))
    if (!old) return

    for (const mark of ["data-todo", "data-bookmark", "data-settled"]) {
      if (old.hasAttribute(mark)) item.toggleAttribute(mark, true)
    }
    for (const count of item.querySelectorAll(".message-seen, .ask-count")) {
      count.textContent ||= old.querySelector(`.${count.className}`)?.textContent ?? ""
    }
    const handling = item.querySelector(".handling[hidden]")
    if (handling) handling.replaceWith(old.querySelector(".handling") ?? handling)
    const held = old.contains(document.activeElement) && document.activeElement.className
    old.replaceWith(item)
    if (held) item.getElementsByClassName(held)[0]?.focus({ preventScroll: true })
  }

  #append(item) {
    this.#list.querySelector(".messages-empty")?.remove()
    this.#list.querySelector(`[data-pending="${item.dataset.key}"]`)?.remove()
    const before = this.#list.querySelector("[data-pending]")
    if (this.#lastMessage()?.dataset.day !== item.dataset.day) this.#list.insertBefore(this.#day(item), before)
    this.#list.insertBefore(item, before)
  }

  #day({ dataset: { day } }) {
    const item = document.createElement("li")
    item.className = "day"
    item.dataset.day = day
    const words = document.createElement("time")
    words.dateTime = day
    const [year, month, date] = day.split("-").map(Number)
    words.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
      month: "long",
      day: "numeric",
      weekday: "short",
    }).format(new Date(year, month - 1, date))
    item.append(words)
    return item
  }

  #lastMessage() {
    return [...this.#list.querySelectorAll(".message[data-number]")].at(-1)
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#frame
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END
  }

  #toFirstUnread() {
    const unread = this.#list.querySelector(".unread-from")
    if (unread) unread.scrollIntoView({ block: "center" })
    else this.toEnd()
  }

  #watchLast() {
    this.#seen.disconnect()
    const last = this.#lastMessage()
    if (last) this.#seen.observe(last)
    this.#mark()
  }

  #mark = async () => {
    const last = this.last
    if (document.hidden || !document.hasFocus() || last <= this.#marked || !this.#lastIsOnScreen()) return

    const before = this.#marked
    this.#marked = last
    try {
      const answer = await fetch(this.dataset.readMark, {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken(), "X-Carenet-Background": "1" },
        body: new URLSearchParams({ number: last }),
      })
      if (!answer.ok) this.#marked = before
    } catch {
      this.#marked = before
    }
  }

  #lastIsOnScreen() {
    const box = this.#lastMessage().getBoundingClientRect()
    const frame = this.#frame.getBoundingClientRect()
    return box.bottom <= Math.min(frame.bottom, innerHeight) + 8 && box.bottom > frame.top
  }

  #become({ state }) {
    if (state === "closed") return this.#close()

    this.dataset.state = state
    this.#say(state === "polling" || state === "lost" ? this.#state.dataset[state] : "")
    if (state === "polling" || state === "lost") this.#poll()
    else this.#polling?.abort()
  }

  // Where no socket comes through: ask, wait at the server for the next message, ask again.
  async #poll() {
    if (this.#polling) return

    const stop = new AbortController()
    this.#polling = stop
    while (!stop.signal.aborted) {
      try {
        await this.#fetchNewer({ wait: WAIT, signal: stop.signal })
        if (this.#line.state === "lost" && navigator.onLine) this.#say("")
      } catch {
        await new Promise((done) => setTimeout(done, 3_000))
      }
    }
    this.#polling = null
  }

  // What the room is has changed: the foot of the page, where one writes, is asked for again. What is typed stays.
  async #askAnew() {
    const answer = await fetch(location.pathname, { headers: BACKGROUND, redirect: "manual" })
    // What is on its way is told by its own answer whether it was stored.
    if (!answer.ok || this.querySelector("[data-pending]")) return

    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const foot = page.querySelector(".room-foot")
    const typed = this.querySelector(".composer textarea")?.value
    const isAsking = this.querySelector(".ask-tick :checked")
    this.querySelector(".room-foot").replaceWith(foot)
    const body = foot.querySelector(".composer textarea")
    if (body && typed) body.value = typed
    if (isAsking) foot.querySelector("message-composer")?.asks(true)
  }

  #say(sentence) {
    this.#state.textContent = sentence
    this.#state.hidden = sentence === ""
  }

  // Access has ended: nothing of the room stays on the screen, in no element and not behind the back button.
  #close() {
    this.#polling?.abort()
    const said = document.createElement("p")
    said.className = "empty-title"
    said.setAttribute("role", "alert")
    said.textContent = this.#state.dataset.closed
    const way = document.createElement("a")
    way.className = "button"
    way.href = this.dataset.rooms
    way.textContent = this.#state.dataset.toRooms
    const notice = document.createElement("div")
    notice.className = "empty room-closed"
    notice.append(said, way)
    document.querySelector("main").replaceChildren(notice)
    notice.scrollIntoView({ block: "nearest" })
  }
}

function isTheSame(one, other) {
  const [here, there] = [one, other].map((item) => item.querySelector("waiting-message"))
  const says = (element) => element.querySelector(".message-body").textContent
  return "still" in here.dataset === "still" in there.dataset && says(here) === says(there)
}

customElements.define("room-stream", RoomStream)
