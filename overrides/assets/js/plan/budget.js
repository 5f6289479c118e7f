// A month's budget: what a wage leaves after what the student thinks goes to taxes and deductions, and after living.
// Every figure is the student's own; none comes from here. No page is touched here; the tests run it as it is.

const MONTHS = 12;

/**
 * Give the month's figures in whole dollars: `wage` is dollars a year before taxes, `share` the percentage that
 * one takes home, `costs` name -> dollars a month. Null where wage or share is missing or out of range.
 */
export function monthOf({ wage, share, costs }) {
  if (!(wage > 0) || !(share > 0 && share <= 100)) return null;
  const pay = wage / MONTHS;
  const home = (pay * share) / 100;
  const spent = Object.values(costs).reduce((sum, cost) => sum + (cost > 0 ? cost : 0), 0);
  const rounded = { pay: Math.round(pay), home: Math.round(home), spent: Math.round(spent) };
  return { ...rounded, left: rounded.home - rounded.spent };
}

/** Give the wage a year before taxes at which nothing would be left over; null where it cannot be told. */
export function breakEven({ share, costs }) {
  const spent = Object.values(costs).reduce((sum, cost) => sum + (cost > 0 ? cost : 0), 0);
  return share > 0 && share <= 100 ? Math.ceil((spent * MONTHS * 100) / share) : null;
}
