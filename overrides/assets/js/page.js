// Small helps for the masthead: the search button of narrow screens, and sheets that close after a choice.

const toggle = document.querySelector("#__search");
const button = document.querySelector("[data-opens=search]");
const query = document.querySelector("#search-query");

button?.addEventListener("click", () => {
  toggle.click();
  if (toggle.checked) query.focus();
});
toggle?.addEventListener("change", () => button?.setAttribute("aria-expanded", String(toggle.checked)));

document.addEventListener("click", (event) => {
  const sheet = event.target.closest("[popover] a")?.closest("[popover]");
  if (sheet?.matches(":popover-open")) sheet.hidePopover();
  // A click outside the search box closes its results.
  if (toggle?.checked && !event.target.closest(".search, [data-opens=search]")) toggle.click();
});
