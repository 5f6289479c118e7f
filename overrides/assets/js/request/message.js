// One complete request per employer, from the chosen offers and the class's needs.
// This module does not touch the page, so tests run it as is.

import { byName } from "../message/fields.js";
import { fill } from "../words.js";

/** Group offers by contact address: address -> offers, in list order. */
export function byReceiver(offers) {
  const groups = new Map();
  for (const offer of offers) groups.set(offer.to, [...(groups.get(offer.to) ?? []), offer]);
  return groups;
}

/** Compose the request to one employer; `fields` describe the class, as message/fields.js returns them. */
export function requestTo(offers, fields, words) {
  const [{ to, role, employer }] = offers;
  const values = byName(fields, "value");
  const rows = fields.map(({ label, words: value }) => [label, [value].flat().join(", ")]);
  const names = offers.map(({ name }) => name);
  return {
    kind: "request", to, title: employer, employer,
    subject: fill(words.subject, { activity: offers[0].activity, school: values.school || words.our_school }),
    opening: `${fill(words.receiver, { to: role || employer })}\n\n${words.opening}`,
    sections: [
      { title: words.asked, rows: offers.map(({ activity, name, url }) => [activity, `${name} (${url})`]) },
      { title: words.class, rows },
    ],
    closing: words.closing,
    values: { employer, offers: offers.map(({ id }) => id), ...values },
    shown: { employer, offers: names, ...byName(fields, "words") },
  };
}
