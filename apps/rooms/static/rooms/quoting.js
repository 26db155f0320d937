// How a message that is on the page is told in a few words, as the server tells it above an answer.

const EXCERPT = 200

// Its author and first words, as nodes.
export function quoteFrom(message) {
  const author = document.createElement("span")
  author.className = "quote-author"
  author.textContent = message.querySelector(".message-author")?.textContent ?? ""
  const body = document.createElement("span")
  body.className = "quote-body"
  body.textContent = wordsOf(message)
  return [author, " ", body]
}

// What it says, what stands there since it was deleted, or the names of its files.
export function wordsOf(message) {
  const said = message.querySelector(".message-body:not([data-files])")?.textContent.trim()
  const files = [...message.querySelectorAll(".attachment-name > span:first-of-type, .attachment-title")]
  const words = said || files.map((one) => one.textContent.trim()).join("、")
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words
}
