// The offers that an educator has collected: their ids, in this browser only (key eportal.request).

import { keep, stored } from "../stored.js";

export const NAME = "request";
const MOST = 40;

/** Give the ids, in the order in which they were added. */
export function collected() {
  const ids = stored(NAME, []);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, MOST) : [];
}

/** Add an offer, or take it out; tells whether it is in the list now. */
export function toggle(id) {
  const ids = collected();
  const isIn = ids.includes(id);
  keep(NAME, isIn ? ids.filter((one) => one !== id) : [...ids, id]);
  return !isIn;
}

export function clear() {
  keep(NAME, undefined);
}
