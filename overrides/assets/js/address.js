// The choice of an element as a parameter of the page's address: read, written, and followed when one goes back.

/** Give a parameter of the address, or null. */
export function asked(name) {
  return new URLSearchParams(location.search).get(name);
}

/** Write a parameter into the address, or take it out where it is empty; the page stays the same step of the history. */
export function put(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  address.hash = "";
  history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
}

/** Keep a form from being sent, and restore its element when the address changes; abort what this gives to end it. */
export function follow(form, restore) {
  const listening = new AbortController();
  const { signal } = listening;
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  addEventListener("popstate", restore, { signal });
  return listening;
}
