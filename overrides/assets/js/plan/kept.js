// The plan a visitor saves in this browser (key eportal.plan) or as a file: what it contains, and reading one from
// outside, which is never trusted. This module does not touch the page, so tests run it as is.

export const NAME = "plan";
export const FORMAT = "career-eportal/plan/1";
export const EMPTY = Object.freeze({ items: [], notes: "", budget: {} });
const [MOST, LONGEST, LONGEST_NOTE] = [100, 200, 2000];
/** The address of a page on this site, relative to the root: lowercase letters, digits, hyphens. */
const PAGE = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/){1,4}$/;

/** Return a valid plan from any input: stored, or read from a file. */
export function sound(value) {
  const items = Array.isArray(value?.items) ? value.items : [];
  const seen = new Set();
  return {
    items: items.filter((item) => item && typeof item.page === "string" && PAGE.test(item.page) && !seen.has(item.page) && seen.add(item.page)).slice(0, MOST).map(soundItem),
    notes: text(value?.notes, LONGEST_NOTE),
    budget: soundBudget(value?.budget),
  };
}

function soundItem({ page, name, kind, wage, note }) {
  const item = { page, name: text(name, LONGEST) || page, kind: text(kind, LONGEST), note: text(note, LONGEST_NOTE) };
  return Number.isFinite(wage) && wage > 0 ? { ...item, wage } : item;
}

function soundBudget(budget) {
  const amounts = Object.entries(budget ?? {}).filter(([name, amount]) => /^[a-z_]{1,30}$/.test(name) && Number.isFinite(amount) && amount >= 0);
  return Object.fromEntries(amounts.slice(0, 40));
}

function text(value, longest) {
  return typeof value === "string" ? value.slice(0, longest) : "";
}

/** Return the plan with a page added at the end, or removed if it was there. */
export function toggled(plan, item) {
  const isIn = has(plan, item.page);
  const items = isIn ? plan.items.filter(({ page }) => page !== item.page) : [...plan.items, item];
  return sound({ ...plan, items });
}

/** Whether a page is in the plan. */
export function has(plan, page) {
  return plan.items.some((item) => item.page === page);
}

/** Return the plan with the item at a position moved up (-1) or down (1); at the ends nothing changes. */
export function moved(plan, place, way) {
  const items = [...plan.items];
  const other = place + way;
  if (!items[place] || !items[other]) return plan;
  [items[place], items[other]] = [items[other], items[place]];
  return { ...plan, items };
}

/** Return the text of a plan's file. */
export function asFile(plan, day) {
  return `${JSON.stringify({ format: FORMAT, saved_on: day, ...plan }, null, 2)}\n`;
}

/** Read a plan from the text of a file; null if it is not one. */
export function fromFile(content) {
  try {
    const value = JSON.parse(content);
    return value?.format === FORMAT ? sound(value) : null;
  } catch {
    return null;
  }
}

/** Merge two plans: pages in both keep the first plan's position, and the notes of both are kept. */
export function merged(first, second) {
  const notes = first.notes === second.notes ? [first.notes] : [first.notes, second.notes];
  return sound({
    items: [...first.items, ...second.items],
    notes: notes.filter(Boolean).join("\n\n"),
    budget: { ...second.budget, ...first.budget },
  });
}
