// Loaded by every page: the small elements of the house, the service worker, the open tab in sight, what was typed
// before the scripts stood, and a sentence when the network fails.

import "kernel/elements/aging-time"
import "kernel/elements/dialog-door"
import { announce } from "kernel/announce"

const script = document.querySelector("script[data-worker]")

// After everything the page itself needs.
addEventListener("load", () => navigator.serviceWorker?.register(script.dataset.worker, { scope: "/" }))

// On a phone the row of tabs is longer than the screen: the one that is open is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })

// On a slow line one can type before htmx listens, and the word would be looked for only at the next letter.
addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("input[type=search]")) {
    if (field.value === field.defaultValue) continue
    for (const kind of ["search", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }))
  }
})

// A refusal says itself where its headers send it (kernel/_refusal.html). Everything else that failed is trouble.
const saysItself = (event) => event.detail.xhr?.getResponseHeader("HX-Retarget") != null

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (saysItself(event)) event.detail.shouldSwap = true
})

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(trouble, (event) => {
    if (!saysItself(event)) announce(script.dataset.trouble, { tone: "error" })
  })
}
