// One file on its way by the tus protocol (tus-js-client): in pieces, gone on with after a broken line.
//
//   const one = uploadOf(file, "/e/sakura/uploads/", { onProgress, onSuccess, onError, … })   to be started
//   idOf(one)                                     once it has arrived
//   await upload(file, "/e/sakura/uploads/")      all of it, where no page has loaded the library yet: its id
//   passes(error)                                 the same may succeed in a moment: no network, a busy server

import { csrfToken } from "kernel/csrf"
import { lighterPhoto } from "files/photos"

const A_PIECE = 4 * 1024 * 1024
const PAUSES = [0, 1_000, 3_000]

export function uploadOf(file, uploads, hooks) {
  return new globalThis.tus.Upload(file, {
    endpoint: uploads,
    chunkSize: A_PIECE,
    retryDelays: PAUSES,
    storeFingerprintForResuming: false,
    metadata: { filename: file.name },
    headers: { "HX-Request": "true" },
    onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken()),
    ...hooks,
  })
}

export function idOf(upload) {
  return upload.url.replace(/\/$/, "").split("/").at(-1)
}

export function passes(error) {
  const status = error.originalResponse?.getStatus() ?? 0
  return status === 0 || status === 409 || status === 423 || status >= 500
}

export async function upload(file, uploads) {
  // It makes itself known as `tus`.
  await import("files/vendor/tus-js-client/tus.min")
  const lighter = await lighterPhoto(file)
  return new Promise((done, failed) => {
    const one = uploadOf(lighter, uploads, {
      onError: (error) => failed(Object.assign(error, { passes: passes(error) })),
      onSuccess: () => done(idOf(one)),
    })
    one.start()
  })
}
