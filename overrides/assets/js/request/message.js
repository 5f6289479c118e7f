// One complete request for each employer: from the offers that were collected and the needs of the class.
// It touches no page; tests run it as it is.

import { byName } from "../message/fields.js";
import { fill } from "../words.js";

/** Group offers by the mailbox that answers for them: mailbox -> offers, in the order of the list. */
export function byReceiver(offers) {
  const groups = new Map();
  for (const offer of offers) groups.set(offer.to, [...(groups.get(offer.to) ?? []), offer]);
  return groups;
}

/** Compose the request to one employer; `fields` are those of the class as message/fields.js gives them. */
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
