// A gentle warning next to a long text that looks like a list of names.

import { looksLikeNames } from "../request/advice.js";

/** Show or remove the warning of the field being typed in. */
export function warnOfNames(control, words) {
  const warning = control.closest("[data-field]")?.querySelector("[data-warning]");
  if (!warning) return;
  const text = looksLikeNames(control.value) ? words : "";
  if (warning.textContent !== text) warning.textContent = text;
}
