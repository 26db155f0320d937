// Loaded by every page: the small elements of the house, the service worker, and a sentence when the network fails.

import "kernel/elements/aging-time"
import "kernel/elements/dialog-door"
import { announce } from "kernel/announce"

const script = document.querySelector("script[data-worker]")

if ("serviceWorker" in navigator) navigator.serviceWorker.register(script.dataset.worker, { scope: "/" })

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(trouble, (event) => {
    // A refusal brings its own sentence; see kernel/_refusal.html.
    if (event.detail.xhr?.getResponseHeader("HX-Reswap")) return

    announce(script.dataset.trouble, { tone: "error" })
  })
}
