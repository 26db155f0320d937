// The screen's one live line to the server. Elements listen to it; it tells each sign it hears as an event:
//
//   const line = lineOf("sakuragawa-care")
//   line.addEventListener("message", ({ detail }) => …)   detail: the frame, see apps/rooms/frames.py
//   line.addEventListener("state", ({ detail }) => …)     "live", "polling" (no socket comes through), "lost", "locked",
//                                                         "closed"
//
// Where WebSocket is blocked the line says "polling" after two tries; elements then ask by themselves.

const SIGNS = [
  "ready",
  "message",
  "message_changed",
  "read",
  "seen",
  "reacted",
  "acknowledged",
  "confirmed",
  "handling",
  "noted",
  "closed",
  "opened",
  "changed",
  "pinned",
  "waiting",
  "marked",
  "drafted",
  "client_closed",
  "client_changed",
  "notified",
  "catch_up",
]
const SIGN_IN = 4401
const ENDED = new Set([4403, 4404])
const LOCKED = 4423
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000
// A socket that says nothing at all in this time is held for blocked.
const PATIENCE = 6_000
const TRIES_BEFORE_POLLING = 2

class Line extends EventTarget {
  #address
  #socket = null
  #failures = 0
  #pause = FIRST_PAUSE
  #timer = null
  state = "connecting"

  constructor(slug) {
    super()
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    this.#address = `${scheme}//${location.host}/e/${slug}/ws/?form=html`
    this.#open()
    addEventListener("online", () => this.#now())
    addEventListener("pageshow", (event) => event.persisted && this.#now())
    document.addEventListener("visibilitychange", () => document.hidden || this.#now())
    document.addEventListener("carenet:locked", () => this.#lock())
    document.addEventListener("carenet:unlocked", () => this.state === "locked" && this.#open())
  }

  #open() {
    this.#timer = null
    let socket
    try {
      socket = new WebSocket(this.#address)
    } catch {
      return this.#failed()
    }
    this.#socket = socket
    const patience = setTimeout(() => socket.close(), PATIENCE)
    socket.onmessage = ({ data }) => {
      clearTimeout(patience)
      this.#hear(JSON.parse(data))
    }
    socket.onclose = ({ code }) => {
      clearTimeout(patience)
      if (this.#socket !== socket) return

      this.#socket = null
      if (ENDED.has(code)) this.#become("closed", code)
      else if (code === LOCKED) this.#become("locked", code)
      else if (code === SIGN_IN) location.reload()
      else this.#failed()
    }
  }

  // Nothing comes to a screen that nobody sits at; what is missed is fetched when it is unlocked.
  #lock() {
    clearTimeout(this.#timer)
    this.#timer = null
    const socket = this.#socket
    this.#socket = null
    socket?.close()
    this.#become("locked")
  }

  #hear(frame) {
    const sign = SIGNS.find((one) => one in frame)
    if (sign === "ready") {
      this.#failures = 0
      this.#pause = FIRST_PAUSE
      this.#become("live")
    }
    if (sign) this.dispatchEvent(new CustomEvent(sign, { detail: frame }))
  }

  #failed() {
    this.#failures += 1
    const blocked = this.#failures >= TRIES_BEFORE_POLLING && navigator.onLine
    this.#become(blocked ? "polling" : "lost")
    // Everybody who lost the same server comes back at another moment.
    this.#timer = setTimeout(() => this.#open(), this.#pause * (0.5 + Math.random()))
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
  }

  #now() {
    if (this.#timer === null) return

    clearTimeout(this.#timer)
    this.#open()
  }

  #become(state, code) {
    if (this.state === state) return

    this.state = state
    this.dispatchEvent(new CustomEvent("state", { detail: { state, code } }))
  }
}

const lines = new Map()

export function lineOf(slug) {
  if (!lines.has(slug)) lines.set(slug, new Line(slug))
  return lines.get(slug)
}
