// What this browser keeps for the visitor, as JSON under keys that begin with "eportal."; nothing of it is sent anywhere.

const PREFIX = "eportal.";
/** Told on the document when something kept has changed, here or in another tab: event.detail is its name. */
export const CHANGED = "eportal:stored";

/** Give what is kept under a name, or `otherwise`. */
export function stored(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise; // storage is blocked, or somebody else wrote there
  }
}

/** Keep a value; without one, forget it. Tells whether it is kept. */
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
