// The only module on every page: loads the custom elements the page uses and closes panels after a choice.

/** Load the module of each custom element on the page: ./record-filter.js defines <record-filter>. */
const tags = new Set([...document.querySelectorAll(":not(:defined)")].map((element) => element.localName));
for (const tag of tags) import(`./${tag}.js`);

document.addEventListener("click", (event) => {
  event.target.closest("[popover] a")?.closest(":popover-open")?.hidePopover();
});
