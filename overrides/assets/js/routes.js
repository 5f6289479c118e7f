// Ways to send a message without a server: text, email draft, file, prefilled form. A message is {kind, to, subject,
// opening, sections: [{title, rows: [[label, value]]}], closing, values: name -> value or list}. This module does not
// touch the page, so tests run it as is.

/** Mail programs and the systems between them cut off longer addresses. The encoded length counts. */
export const LONGEST_MAILTO = 1800;
const FORMAT = "career-eportal/message/1";
const LONGEST_ADDRESS = 8000; // the longest that code hosts and form services accept

/** Compose the text of a message, without rows that have no value and sections that have no rows. */
export function textOf({ opening, sections, closing }) {
  const parts = sections.map(({ title, rows }) => [title, rows.filter(([, value]) => value).map(row)]);
  const blocks = parts.filter(([, rows]) => rows.length).map(([title, rows]) => [title, ...rows].filter(Boolean).join("\n"));
  return [opening, ...blocks, closing].filter(Boolean).join("\n\n");
}

function row([label, value]) {
  const text = String(value).trim();
  return text.includes("\n") ? `${label}:\n${text.replace(/^/gm, "  ")}` : `${label}: ${text}`;
}

/** Return the address of an email draft, its length, and whether mail programs will accept all of it. */
export function mailto(message) {
  const body = textOf(message).replace(/\r?\n/g, "\r\n");
  const href = `mailto:${mailbox(message.to)}?subject=${encoded(message.subject)}&body=${encoded(body)}`;
  return { href, length: href.length, fits: href.length <= LONGEST_MAILTO };
}

/** Encode a mailbox for an address, so that nothing in it can start a header or another recipient. */
function mailbox(to) {
  return encoded(to).replace("%40", "@");
}

function encoded(text) {
  return encodeURIComponent(text.toWellFormed?.() ?? text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Return the message as a file: values by name for a program, and the text for a person. */
export function asJson(message, day) {
  const { kind, to, subject, values } = message;
  return `${JSON.stringify({ format: FORMAT, kind, made_on: day, to, subject, values: given(values), text: textOf(message) }, null, 2)}\n`;
}

/** Return the file's name, which has only letters, digits and hyphens. */
export function fileName(kind, name, day) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${[kind, plain.slice(0, 60), day].filter(Boolean).join("-")}.json`;
}

/**
 * Return the address of a prefilled form: `form` is {url, style, fields: name -> parameter}. Google takes a parameter
 * for each value of a list; other services get a list as one text. If the address is too long, the form is empty.
 */
export function prefilled(form, values) {
  const address = new URL(form.url);
  if (form.style === "google") address.searchParams.set("usp", "pp_url");
  for (const [name, value] of Object.entries(given(values))) {
    const parameter = form.fields[name];
    if (!parameter) continue;
    if (form.style === "google") for (const one of [value].flat()) address.searchParams.append(parameter, one);
    else address.searchParams.set(parameter, [value].flat().join(", "));
  }
  return address.href.length <= LONGEST_ADDRESS ? address.href : form.url;
}

/** Return the values that are not empty, as text. */
function given(values) {
  const texts = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value ?? "").trim()]);
  return Object.fromEntries(texts.filter(([, value]) => value.length));
}
