"""Every kind of problem the program can report; `docs/problems.md` has a section for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.model import Severity


class Kind(NamedTuple):
    """A kind of problem: its title, its sentence, and what to do about it."""

    title: str
    sentence: str
    hint: str = ""
    severity: Severity = "error"


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
        "compare with a neighboring record",
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
    "E118": Kind(
        "A file that cannot be opened",
        "'{name}' cannot be opened: {reason}",
        "put an ordinary file here that everybody may read",
    ),
    "E119": Kind(
        "Marks of two versions",
        "here are the marks of two versions that met ({shown})",
        "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
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
    "E212": Kind(
        "An unknown icon",
        "no icon {shown}",
        "look for one at https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/ "
        "and write it like this: material/sprout",
    ),
    # 3: links between records
    "E301": Kind("A dead reference", "{shown} is not in {dataset}"),
    "E302": Kind(
        "A reference to a draft",
        "{shown} is a draft in {dataset}, so it is left out here{others}",
        "publish it (status: active) or remove it from this list",
        "warning",
    ),
    "E303": Kind(
        "A dataset's source is a draft",
        "{shown} is a draft in {dataset}, and {name} names it as its source",
        "publish it (status: active) or name another source",
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
        "bring the record back (with status: ended where it is over), or name its old id in the aliases of the record "
        "that replaces it",
    ),
    "E408": Kind(
        "A date in the future",
        "{shown} lies in the future",
        "write the day on which it was really checked",
    ),
    "E409": Kind(
        "Something is needed that stands in one of several fields",
        "the record must say {what}",
        "{advice}",
    ),
    "E410": Kind(
        "A time that no clock shows",
        "{shown} does not exist in {zone}: that night the clock jumps over it",
        "write the time that the clock shows then: {there}",
    ),
    "E411": Kind(
        "An unknown time zone",
        "there is no time zone {shown}",
    ),
    "E412": Kind(
        "An active offer of a partner that takes none",
        "this is active, and the employer {employer} is {state}: it will not be listed",
        "write status: {state} here too, or bring the employer back",
        "warning",
    ),
    "E413": Kind(
        "A picture that cannot be published",
        "{shown}: {reason}",
        "save it as PNG, JPEG (.jpg) or WebP with at most 200 kB into content/assets/pictures/",
    ),
    "E414": Kind(
        "A picture without words",
        "the picture has no words for those who cannot see it",
        "write picture_alt: and say what there is to see",
    ),
    "E415": Kind(
        "Consent that has ended",
        "the consent ended on {shown}: the record is no longer published",
        "ask for consent again and write the new day, or delete the record",
        "warning",
    ),
    "E416": Kind(
        "A record that waits for an unpublished one",
        "{shown} in {dataset} is not published, so this record is not published either{others}",
        "publish {shown} first, or name another record here",
        "warning",
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
    "E508": Kind(
        "A private mailbox",
        "{shown} is an address at a mail provider, which most often belongs to a person",
        "write the address of a role at the organization, or contact_is_role: true where it is one",
        "warning",
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
        "write the real one",
    ),
    # 7: what people type into spreadsheets and forms
    "E701": Kind(
        "A date with two meanings",
        "{shown} can be {first} or {second}",
        "write {first_iso} or {second_iso}",
    ),
    "E702": Kind(
        "A name that several records bear",
        "{shown} can stand for several records of {dataset}",
        "write the id of one: {ids}",
    ),
    "E703": Kind(
        "A heading that names no field",
        "{shown} is no field of {dataset}",
        "{advice}",
    ),
    "E704": Kind(
        "A formula without a value",
        "the formula in this cell has no value",
        "open the file in the spreadsheet program and save it again, or type the value",
    ),
    "E705": Kind(
        "A row that names no record",
        "this row has no {key}",
        "{advice}",
    ),
    # 8: hand-written pages
    "E801": Kind(
        "An icon that does not exist",
        "no icon or emoji {shown}",
        "look it up at https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/, or put it in backticks",
    ),
}
