// What this browser stores for the visitor, as JSON under keys that start with "eportal."; nothing is sent anywhere.

const PREFIX = "eportal.";
/** Dispatched on the document when a stored value changes, here or in another tab: event.detail is its name. */
export const CHANGED = "eportal:stored";

/** Return the value stored under a name, or `otherwise`. */
export function stored(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise; // storage is blocked, or something else wrote there
  }
}

/** Store a value, or delete it if there is none. Return whether storage worked. */
export function keep(name, value) {
  let kept = true;
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    kept = false; // storage is blocked or full
  }
  document.dispatchEvent(new CustomEvent(CHANGED, { detail: name }));
  return kept;
}

addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) document.dispatchEvent(new CustomEvent(CHANGED, { detail: key.slice(PREFIX.length) }));
});
