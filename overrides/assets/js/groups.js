// Groups of items under a heading: a group without a visible item is hidden with its heading (the element before it,
// or its first one) and with its line in the contents of the page.

const HEADINGS = "h2, h3, h4";

/** Hide each [data-group] below an element that has no visible [data-id], show the others. */
export function showGroups(list) {
  for (const group of list.querySelectorAll("[data-group]")) {
    const isEmpty = !group.querySelector("[data-id]:not([hidden])");
    group.hidden = isEmpty;
    const heading = [group.previousElementSibling, group.firstElementChild].find((one) => one?.matches(HEADINGS));
    if (!heading) continue;
    heading.hidden = isEmpty;
    const line = heading.id && document.querySelector(`.toc a[href="#${CSS.escape(heading.id)}"]`);
    if (line) line.parentElement.hidden = isEmpty;
  }
}
