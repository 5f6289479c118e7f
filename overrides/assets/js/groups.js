// Groups of items under a heading: a group without visible items is hidden along with its heading (the element before
// it, or its first one) and its entry in the table of contents.

const HEADINGS = "h2, h3, h4";

/** Inside an element, hide each [data-group] without a visible [data-id] and show the others. */
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
