// The one module of every page: brings the custom elements that the page has, and closes sheets after a choice.

/** Load the module of each custom element on the page: <record-filter> is defined by ./record-filter.js. */
const tags = new Set([...document.querySelectorAll(":not(:defined)")].map((element) => element.localName));
for (const tag of tags) import(`./${tag}.js`);

document.addEventListener("click", (event) => {
  event.target.closest("[popover] a")?.closest(":popover-open")?.hidePopover();
});
