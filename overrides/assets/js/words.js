// The words of an element in the language of the page: the server writes them into its <template data-words>.

/** Give name -> text; nothing where there is no element. */
export function wordsOf(element) {
  const parts = element?.querySelector("template[data-words]")?.content.querySelectorAll("[data-word]") ?? [];
  return Object.fromEntries([...parts].map((part) => [part.dataset.word, part.textContent]));
}

/** Put values into a text: fill("{n} offers", { n: 3 }). What has no value stays as it is. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
