// The ids of the offers an educator has chosen, stored only in this browser (key eportal.request).

import { keep, stored } from "../stored.js";

export const NAME = "request";
const MOST = 40;

/** Return the ids in the order they were added. */
export function collected() {
  const ids = stored(NAME, []);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, MOST) : [];
}

/** Add or remove an offer; return whether it is now in the list. */
export function toggle(id) {
  const ids = collected();
  const isIn = ids.includes(id);
  keep(NAME, isIn ? ids.filter((one) => one !== id) : [...ids, id]);
  return !isIn;
}

export function clear() {
  keep(NAME, undefined);
}
