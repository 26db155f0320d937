// What a refusal says, as plain words on one line: `sentenceIn("<p role=alert>…</p>")`

export function sentenceIn(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html")
  return parsed.body.textContent.trim().replace(/\s+/g, " ")
}
