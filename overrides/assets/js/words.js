// An element's words in the language of the page, which the server writes into its <template data-words>.

/** Return name -> text; empty if there is no element. */
export function wordsOf(element) {
  const parts = element?.querySelector("template[data-words]")?.content.querySelectorAll("[data-word]") ?? [];
  return Object.fromEntries([...parts].map((part) => [part.dataset.word, part.textContent]));
}

/** Fill in values: fill("{n} offers", { n: 3 }). Placeholders without a value stay. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
