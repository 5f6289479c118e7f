// The fields of a form: names, labels, values, and the values as words, in page order.

import { written } from "../day.js";

/** Return [{name, label, value, words, missing}] for a form; value and words are lists for multiple choice. */
export function fieldsOf(form) {
  return [...form.querySelectorAll("[data-field]")].map((field) => {
    const controls = [...field.querySelectorAll("input, select, textarea")];
    const several = controls.length > 1;
    const given = controls.map(answer).filter(Boolean);
    const value = several ? given.map((one) => one.value) : given[0]?.value ?? "";
    const words = several ? given.map((one) => one.words) : given[0]?.words ?? "";
    const needed = field.matches("[data-needed]") || field.querySelector("[data-needed]") !== null;
    const label = field.querySelector("[data-label]").textContent.trim();
    return { name: field.dataset.field, label, value, words, missing: needed && !value.length };
  });
}

/** Return {value, words} of a control, or null if it is empty. */
function answer(control) {
  const value = control.value.trim();
  if (control.type === "checkbox") {
    return control.checked ? { value, words: control.closest("label").textContent.trim() } : null;
  }
  if (!value) return null;
  if (control.localName === "select") return { value, words: control.selectedOptions[0].textContent.trim() };
  if (control.type === "date") return { value, words: written(value, document.documentElement.lang) };
  return { value, words: value };
}

/** Fill a form with values (name -> value or list). */
export function fillFields(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const controls = [...form.querySelectorAll(`[data-field="${CSS.escape(name)}"] :is(input, select, textarea)`)];
    controls.forEach((control, place) => {
      if (control.type === "checkbox") control.checked = [value].flat().includes(control.value);
      else control.value = [value].flat()[place] ?? "";
    });
  }
}

/** Return name -> the result of `of` for each field. */
export function byName(fields, of) {
  return Object.fromEntries(fields.map((field) => [field.name, field[of]]));
}
