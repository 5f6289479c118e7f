// The list of all occupations, which the match and the comparison fetch (generator/publish/occupations.py makes it).

const dollars = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

/** Return the list (labels, names, rows), or null if it can't be loaded. */
export function fetchOccupations(source) {
  return fetch(source).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
}

/**
 * Return how a page shows the fields of a list's row: a text, or [address below `root`, text] for each linked record.
 * What the publisher holds back is null, what nobody found is undefined.
 */
export function reader({ labels, names }, root) {
  const links = (paths = []) => paths.map((path) => [`${root}${path}/`, names[path]]);
  return {
    address: ({ id }) => `${root}occupations/${id}/`,
    pay: ({ pay }) => (pay == null ? pay : dollars.format(pay)),
    growth: ({ growth }) => (growth === undefined ? growth : `${growth < 0 ? "−" : "+"}${Math.abs(growth).toFixed(1)}%`),
    entry_education: (row) => labels.entry_education[row.entry_education],
    on_the_job_training: (row) => labels.on_the_job_training[row.on_the_job_training],
    pathways: ({ pathways }) => links(pathways),
    skills: ({ skills }) => links(skills),
    places: ({ places }) => links(places),
  };
}
