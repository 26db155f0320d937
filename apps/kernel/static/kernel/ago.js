// How long ago something was, in words; nothing in the first minute and from a week on, where the server's words stand.

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
]

export function ago(then, now, language) {
  const seconds = (now - then) / 1000
  if (seconds >= 7 * 86_400) return ""

  const step = STEPS.find(([, length]) => seconds >= length)
  if (!step) return ""

  const [unit, length] = step
  const words = new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(-Math.floor(seconds / length), unit)
  // Japanese writes no space between a number and its counter.
  return language.startsWith("ja") ? words.replace(/\s/g, "") : words
}
