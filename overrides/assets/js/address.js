// Keeps an element's state in a parameter of the page's address: reading, writing, and restoring it on Back.

/** Return a parameter of the address, or null. */
export function asked(name) {
  return new URLSearchParams(location.search).get(name);
}

/** Write a parameter to the address, or remove it if empty, without adding a history entry. */
export function put(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  address.hash = "";
  history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
}

/** Keep a form from submitting, and restore its element when the address changes; abort the returned controller to stop. */
export function follow(form, restore) {
  const listening = new AbortController();
  const { signal } = listening;
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  addEventListener("popstate", restore, { signal });
  return listening;
}
