// A month's budget: what is left of a salary after the student's estimate of taxes, deductions, and living costs.
// Every number is the student's own. This module does not touch the page, so tests run it as is.

const MONTHS = 12;

/**
 * Return the month's amounts in whole dollars: `wage` is dollars per year before taxes, `share` the percentage
 * taken home, `costs` name -> dollars per month. Null if wage or share is missing or out of range.
 */
export function monthOf({ wage, share, costs }) {
  if (!(wage > 0) || !(share > 0 && share <= 100)) return null;
  const pay = wage / MONTHS;
  const home = (pay * share) / 100;
  const spent = Object.values(costs).reduce((sum, cost) => sum + (cost > 0 ? cost : 0), 0);
  const rounded = { pay: Math.round(pay), home: Math.round(home), spent: Math.round(spent) };
  return { ...rounded, left: rounded.home - rounded.spent };
}

/** Return the salary before taxes that would break even; null if it cannot be computed. */
export function breakEven({ share, costs }) {
  const spent = Object.values(costs).reduce((sum, cost) => sum + (cost > 0 ? cost : 0), 0);
  return share > 0 && share <= 100 ? Math.ceil((spent * MONTHS * 100) / share) : null;
}
