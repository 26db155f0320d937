// Says one sentence above the content, seen and heard. The newest one replaces an equal one that still stands.

export function announce(sentence, { tone = "info" } = {}) {
  const place = document.getElementById("announcements")
  for (const standing of place.querySelectorAll(".notification")) {
    if (standing.textContent.trim() === sentence) standing.remove()
  }
  const words = document.createElement("p")
  words.textContent = sentence
  const notification = document.createElement("div")
  notification.className = "notification"
  notification.dataset.tone = tone
  notification.append(words)
  place.append(notification)
  notification.scrollIntoView({ block: "nearest" })
}
