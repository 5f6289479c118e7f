"""Words for problems: what each code means, and how a validator's finding becomes a sentence.

Every problem the program can report is in KINDS; `docs/problems.md` has a section for each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.model import Field, Origin, Problem, Severity

LONGEST_VALUE_SHOWN = 60


class Kind(NamedTuple):
    """A kind of problem: its title, its sentence, and what to do about it."""

    title: str
    sentence: str
    hint: str = ""
    severity: Severity = "error"


class Fault(NamedTuple):
    """What is wrong with a value, before it is known where the value stands."""

    code: str
    words: Mapping[str, Any]
    hint: str = ""

    def at(self, origin: Origin, about: Mapping[str, str]) -> Problem:
        """Make it a problem at a place."""
        return problem(self.code, origin, about=about, hint=self.hint, **self.words)

    @property
    def part(self) -> str:
        """Give the part of the value that is at fault, '' for the whole value."""
        return str(self.words.get("part", ""))


def fault(code: str, hint: str = "", **words: Any) -> Fault:
    """Make a fault of the kind `code`."""
    return Fault(code, words, hint)


KINDS: Mapping[str, Kind] = {
    # 1: the file itself
    "E101": Kind(
        "The data of a dataset is missing",
        "no data for '{name}': there is neither {name}.csv nor {name}.yaml nor a folder {name}/",
        "add one of them, or take '{name}' out of datapackage.yaml",
    ),
    "E102": Kind(
        "The file is not UTF-8",
        "the file is not UTF-8 text: the character here is probably {shown}",
        "save it again as 'CSV UTF-8' (Excel) or with encoding UTF-8 (editor)",
    ),
    "E103": Kind(
        "The file is UTF-16",
        "the file is UTF-16 ('Unicode text' in Excel), not UTF-8",
        "save it again as 'CSV UTF-8' (Excel) or with encoding UTF-8 (editor)",
    ),
    "E104": Kind(
        "The file starts with a byte order mark",
        "the file starts with an invisible byte order mark",
        "harmless, and ignored; to be rid of it save as UTF-8 without BOM",
        "warning",
    ),
    "E105": Kind(
        "Cells are separated by something else than commas",
        "the cells seem to be separated by {found}, not by commas",
        "save it again as comma-separated values ('CSV UTF-8' in Excel)",
    ),
    "E106": Kind(
        "A quotation mark is not closed",
        "the quotation mark that opens here is not closed where the value ends",
        'put a " at the end of the cell; a " inside a quoted cell is written twice: ""',
    ),
    "E107": Kind(
        "A row has too few or too many cells",
        "this row has {found} cells, the heading has {wanted}",
        "put a cell that contains a comma in quotation marks; keep a comma for every empty cell",
    ),
    "E108": Kind(
        "A dataset is empty",
        "'{name}' has no records",
        "add a record, or take '{name}' out of datapackage.yaml",
    ),
    "E109": Kind(
        "A file or folder in data/ belongs to no dataset",
        "'{name}' {why}",
        "rename it, list it there, or move it out of data/",
    ),
    "E110": Kind(
        "A column or key stands twice",
        "'{name}' stands twice; it is already at {first}",
        "keep one of the two",
    ),
    "E111": Kind(
        "A tab in YAML",
        "there is a tab here; YAML is indented with spaces only",
        "replace the tab with spaces",
    ),
    "E112": Kind(
        "YAML that cannot be read",
        "the file cannot be read from here on: {reason}",
        "{advice}",
    ),
    "E113": Kind(
        "A YAML feature that is not allowed",
        "{what} is not allowed in data files",
        "write the value out in full; put a text that begins with *, & or ! between quotation marks",
    ),
    "E114": Kind(
        "The file has the wrong shape",
        "here must be {wanted}, and there is {found}",
        "compare with a neighbouring record",
    ),
    "E115": Kind(
        "Typographic quotation marks where plain ones belong",
        "typographic quotation marks ({shown}) stand around a value",
        'use the plain mark " (U+0022) or none',
    ),
    "E116": Kind(
        "A symbolic link",
        "'{name}' is a symbolic link; only real files are published",
        "put the file itself here",
    ),
    "E117": Kind(
        "Something is too large",
        "{what} is larger than the limit of {limit}",
        "split it, or ask the maintainers to raise the limit",
    ),
    # 2: columns and values
    "E201": Kind(
        "An unknown column or key",
        "'{name}' is not a field of {dataset}",
    ),
    "E202": Kind(
        "A required column is missing",
        "the heading has no column '{name}', which every record of {dataset} needs",
        "add the column, or bring its heading back to '{name}'",
    ),
    "E203": Kind(
        "A required value is missing",
        "a value is needed here",
        "{example}",
    ),
    "E204": Kind(
        "A value of the wrong type",
        "{shown} is not {wanted}",
    ),
    "E205": Kind(
        "A number or date out of range",
        "{shown} is out of range: it must be {wanted}",
    ),
    "E206": Kind(
        "A value that is not in the list",
        "{shown} is not one of the allowed values",
    ),
    "E207": Kind(
        "A value that does not have the right form",
        "{shown} does not have the right form",
        "{form}",
    ),
    "E208": Kind(
        "A value that is too short or too long",
        "this has {found} {unit}; it must have {wanted}",
        "{advice}",
    ),
    "E209": Kind(
        "Spaces around a value",
        "{shown} begins or ends with a space",
        "remove the space",
    ),
    "E210": Kind(
        "An empty or repeated item in a list",
        "{what} in the list {shown}",
        "remove it",
    ),
    "E211": Kind(
        "A value that must be unique is not",
        "{shown} is already at {first}",
        "give each record its own",
    ),
    # 3: links between records
    "E301": Kind("A dead reference", "{shown} is not in {dataset}"),
    "E302": Kind(
        "A reference to a draft",
        "{shown} is a draft in {dataset} and will not be published",
        "publish it (status: active) or leave it out here",
        "warning",
    ),
    # 4: rules across fields and records
    "E401": Kind(
        "An id is used twice",
        "{shown} is already used at {first}",
        "{advice}",
    ),
    "E402": Kind(
        "An id that differs from its file name",
        "the id is {shown}, but the file is called '{file}'",
        "{advice}",
    ),
    "E403": Kind(
        "An id that the site needs for itself",
        "{shown} cannot be an id: the site needs that address for itself",
        "choose another id",
    ),
    "E404": Kind(
        "An alias that collides",
        "the alias {shown} is already {what} at {first}",
        "{advice}",
    ),
    "E405": Kind(
        "An end before its start",
        "{shown} {relation} {other} ({other_shown})",
        "swap the two, or correct one",
    ),
    "E406": Kind(
        "Two pages with one address",
        "this page would have the same address as {first}: {address}",
        "rename one of the two",
    ),
    "E407": Kind(
        "A published address is gone",
        "the address '{address}' was published and leads nowhere now",
        "bring the record back, or name its old id in the aliases of the record that replaces it",
    ),
    "E408": Kind(
        "A date in the future",
        "{shown} lies in the future",
        "write the day on which it was really checked",
    ),
    # 5: text from outside
    "E501": Kind(
        "Markup in plain text",
        "plain text cannot contain '{character}'",
        "remove it, or write it in words: 'less than', 'more than'",
    ),
    "E502": Kind(
        "An invisible character",
        "there is an invisible character here: {name}",
        "delete it; retyping the word by hand is the surest way",
    ),
    "E503": Kind(
        "Letters put together from parts",
        "{shown} is written with separate accents (not Unicode NFC)",
        "retype it as {composed}",
    ),
    "E504": Kind(
        "Letters of several alphabets in one word",
        "the word {shown} mixes {scripts} letters that look alike",
        "retype the word",
        "warning",
    ),
    "E505": Kind(
        "An address that is not allowed",
        "{shown} is not an address that can be published: {reason}",
        "{advice}",
    ),
    "E506": Kind(
        "HTML in prose",
        "prose is Markdown without HTML, and here is {shown}",
        "remove the tag, or put code between backticks: `<b>`",
    ),
    "E507": Kind(
        "A link in prose that leads nowhere",
        "the link {shown} leads to no page of this site",
        "write it as /pathways/patient-care/, with the id of a record",
    ),
    # 6: ready for the public?
    "E601": Kind(
        "Sample records before a release",
        "'{name}' holds sample records",
        "replace them with real ones and remove 'sample: true' in datapackage.yaml",
    ),
    "E602": Kind(
        "A placeholder before a release",
        "{shown} is a placeholder",
        "write the region's own",
    ),
}


def problem(
    code: str, origin: Origin, *, hint: str = "", about: Mapping[str, str] | None = None, **words: Any
) -> Problem:
    """Make a problem of the kind `code`; `about` may give dataset, record, field and value."""
    kind = KINDS[code]
    return Problem(
        code=code,
        message=kind.sentence.format(**words),
        origin=origin,
        severity=kind.severity,
        hint=hint or kind.hint.format(**words),
        **(about or {}),
    )


def shown(value: Any) -> str:
    """Quote a value for a message: one line, invisible characters spelled out, not too long."""
    text = " ".join(str(value).split(" "))
    text = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    if len(text) > LONGEST_VALUE_SHOWN:
        text = text[: LONGEST_VALUE_SHOWN - 1] + "…"
    return f"'{text}'"


def did_you_mean(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Give "did you mean 'x'?" when a candidate is near, else ''; see `nearest`."""
    found = nearest(value, candidates, names)
    return f"did you mean '{found}'?" if found else ""


def nearest(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Give the candidate that is near by words, prefix or letters, else ''.

    `names` maps further spellings (a record's name) to the candidate that they stand for.
    """
    from rapidfuzz import fuzz, process

    spellings = {_plain(c): c for c in names} | {_plain(c): c for c in candidates}
    if not spellings or not value.strip():
        return ""
    near = process.extract(_plain(value), spellings.keys(), scorer=fuzz.WRatio, score_cutoff=76, limit=5)
    if not near:
        return ""
    best = max(near, key=lambda found: found[1] + fuzz.ratio(_plain(value), found[0]))
    spelling = spellings[best[0]]
    return names.get(spelling, spelling)


def _plain(text: str) -> str:
    """Fold case, accents, hyphens and underscores away, so that only the words count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).split())


THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(,[0-9]{3})+(?![0-9,])")
TYPE_WORDS: Mapping[str, str] = {
    "integer": "a whole number (digits only, such as 1200)",
    "number": "a number (digits and at most one point, such as 1200 or 4.5)",
    "boolean": "true or false",
    "date": "a date in the form 2027-02-14 (year-month-day)",
    "datetime": "a date and time in the form 2027-02-14T15:30:00",
    "time": "a time in the form 15:30:00",
    "year": "a year with four digits",
    "list": "a list",
    "array": "a list",
    "object": "a group of keys",
    "string": "text",
}


def constraint_fault(note: str, field: Field, value: Any) -> Fault:
    """Turn one note of a frictionless field reader into our words.

    `note` is the key that the reader gives: `type` or the name of the broken constraint.
    """
    if note == "required":
        return fault("E203", example=example_of(field))
    if note in ("minLength", "maxLength"):
        return _length_fault(note, field, value)
    text = shown(_joined(value, field))
    if note == "type":
        return _type_fault(field, value, text)
    if note in ("minimum", "maximum"):
        return fault("E205", example_of(field), shown=text, wanted=range_words(field))
    if note == "enum":
        allowed = [str(v) for v in field.constraints["enum"]]
        hints = (did_you_mean(str(value), allowed), f"allowed are: {', '.join(allowed)}")
        return fault("E206", " ".join(hint for hint in hints if hint), shown=text)
    return fault("E207", shown=text, form=form_words(field))


def _length_fault(note: str, field: Field, value: Any) -> Fault:
    items = value.split(field.delimiter) if field.is_list and isinstance(value, str) else value
    advice = "shorten it" if note == "maxLength" else "write more"
    unit = "items" if field.is_list else "characters"
    return fault("E208", found=len(items), unit=unit, wanted=length_words(field), advice=advice)


def _type_fault(field: Field, value: Any, text: str) -> Fault:
    if isinstance(value, list):
        advice = "write one value after the colon, without '- ' and without brackets"
        return fault("E204", advice, shown=f"a list ({text})", wanted="a single value")
    if isinstance(value, dict):
        advice = "put a text that contains ': ' between quotation marks"
        return fault("E204", advice, shown="a group of keys", wanted=type_words(field))
    return fault("E204", _type_hint(field, value), shown=text, wanted=type_words(field))


def example_of(field: Field) -> str:
    """Give "for example: …" where the schema has an example, else ''."""
    if field.example:
        return f"for example: {field.example}"
    if field.reference:
        return f"write the id of a record in {field.reference}"
    allowed = field.constraints.get("enum")
    return f"one of: {', '.join(map(str, allowed))}" if allowed else field.description


def type_words(field: Field) -> str:
    """Say in words what a field takes."""
    if field.type == "list" and field.reference:
        return f"a list of ids of {field.reference}"
    if field.fields:
        return f"a list of groups, each with {', '.join(f.name for f in field.fields)}"
    return TYPE_WORDS.get(field.type, field.type)


def range_words(field: Field) -> str:
    """Say in words between which bounds a value must lie."""
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    if low is not None and high is not None:
        return f"between {low} and {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def length_words(field: Field) -> str:
    """Say in words how long a value may be."""
    low, high = field.constraints.get("minLength"), field.constraints.get("maxLength")
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def form_words(field: Field) -> str:
    """Say in words what a pattern asks for: the schema's own example and description."""
    example = f"write it like this: {field.example}" if field.example else ""
    return "; ".join(part for part in (example, field.description) if part)


def _type_hint(field: Field, value: Any) -> str:
    """Give the mend for the slips that are seen most: 1,200, $1200, 2/14/2027, yes."""
    text = str(value).strip()
    if field.type in ("integer", "number"):
        grouped = THOUSANDS.search(text)
        bare = text.replace(",", "" if grouped else ".").replace("$", "").replace(" ", "").removesuffix("%")
        if field.type == "integer" and "." in bare:
            bare = text
        if bare != text and bare.replace(".", "", 1).lstrip("-").isdigit():
            return f"write {bare}"
        if field.type == "integer" and text.endswith(".0") and text[:-2].isdigit():
            return f"write {text[:-2]}"
    if field.type == "boolean" and text.casefold() in ("yes", "y", "no", "n", "1", "0", "on", "off"):
        return f"write {'true' if text.casefold() in ('yes', 'y', '1', 'on') else 'false'}"
    if field.type == "date" and (day := _day(text)):
        return f"write {day.isoformat()}"
    return example_of(field) if field.example else ""


def _day(text: str) -> date | None:
    """Read a day as people in the United States write it (month/day/year), or an ISO date without its zeros."""
    numbers = [int(n) for n in re.findall(r"[0-9]{1,4}", text)]
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}", text):
        month, day, year = numbers
    elif re.fullmatch(r"[0-9]{4}[/.-][0-9]{1,2}[/.-][0-9]{1,2}", text):
        year, month, day = numbers
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _joined(value: Any, field: Field) -> Any:
    return field.delimiter.join(map(str, value)) if isinstance(value, list | tuple) else value
