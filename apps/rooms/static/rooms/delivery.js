// Brings one message to the server, and says what has become of it:
//
//   const { state, … } = await deliver({ room, key, at, fields, ids, isSure })
//
//   stored     it has a number
//   held       its author can take it back for ten seconds; `html` shows it meanwhile
//   lost       nobody knows whether it came through: it goes again under its key, which stores it once
//   asks       it seems to be meant for another room; `html` asks its author
//   refused    nothing was stored; `html` says why
//   nobody     nobody is signed in here any more

import { csrfToken } from "kernel/csrf"

const CAN_BE_TAKEN_BACK = 10_000

export async function deliver({ room, key, at, fields, ids = [], isSure = false }) {
  // What has waited longer than the time for second thoughts goes out as soon as it can.
  const late = Date.now() - at > CAN_BE_TAKEN_BACK
  const sent = new URLSearchParams(fields.filter(([name]) => !(late && name === "hold")))
  sent.append("client_key", key)
  for (const id of ids) sent.append("attached", id)
  if (isSure) sent.append("is_sure", "1")
  try {
    return await outcomeOf(await fetch(room, asked(sent)))
  } catch {
    return { state: "lost" }
  }
}

function asked(body) {
  const headers = { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrfToken() }
  return { method: "POST", headers, body, redirect: "manual" }
}

async function outcomeOf(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "nobody" }
  if (answer.status >= 500) return { state: "lost" }
  if (answer.status === 202) return { state: "held", html: (await answer.json()).html }
  if (answer.status === 201) return { state: "stored" }

  return { state: answer.headers.has("X-Carenet-Asks") ? "asks" : "refused", html: await answer.text() }
}

// A pause that ends early when the network is back.
export function pause(milliseconds) {
  return new Promise((done) => {
    const timer = setTimeout(finish, milliseconds)
    addEventListener("online", finish)
    function finish() {
      clearTimeout(timer)
      removeEventListener("online", finish)
      done()
    }
  })
}
