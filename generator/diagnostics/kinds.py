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
        "'{name}' has no data: there is no {name}.csv, {name}.yaml or folder {name}/",
        "add one of them, or remove '{name}' from datapackage.yaml",
    ),
    "E102": Kind(
        "The file is not UTF-8",
        "the file is not UTF-8 text: this character is probably {shown}",
        "save it again as 'CSV UTF-8' (Excel) or with UTF-8 encoding (editor)",
    ),
    "E103": Kind(
        "The file is UTF-16",
        "the file is UTF-16 ('Unicode text' in Excel), not UTF-8",
        "save it again as 'CSV UTF-8' (Excel) or with UTF-8 encoding (editor)",
    ),
    "E104": Kind(
        "The file starts with a byte order mark",
        "the file starts with an invisible byte order mark",
        "harmless, and ignored; to remove it, save the file as UTF-8 without BOM",
        "warning",
    ),
    "E105": Kind(
        "Cells are not separated by commas",
        "the cells seem to be separated by {found}, not commas",
        "save it again as comma-separated values ('CSV UTF-8' in Excel)",
    ),
    "E106": Kind(
        "A quotation mark is not closed",
        "the quotation mark that opens here is never closed",
        'put a " at the end of the cell; inside a quoted cell, write " twice: ""',
    ),
    "E107": Kind(
        "A row has too few or too many cells",
        "this row has {found} cells, but the heading has {wanted}",
        "put quotation marks around a cell that contains a comma; keep a comma for every empty cell",
    ),
    "E108": Kind(
        "A dataset is empty",
        "'{name}' has no records",
        "add a record, or remove '{name}' from datapackage.yaml",
    ),
    "E109": Kind(
        "A file or folder in data/ belongs to no dataset",
        "'{name}' {why}",
        "rename it, list it in datapackage.yaml, or move it out of data/",
    ),
    "E110": Kind(
        "A duplicate column or key",
        "duplicate {what} '{name}' (first at {first})",
        "keep one",
    ),
    "E111": Kind(
        "A tab in YAML",
        "there is a tab here; YAML is indented with spaces",
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
        "write the value out in full; put quotation marks around text that begins with *, & or !",
    ),
    "E114": Kind(
        "The file has the wrong shape",
        "expected {wanted} here, found {found}",
        "compare it with another record of the same dataset",
    ),
    "E115": Kind(
        "Typographic quotation marks around a value",
        "typographic quotation marks ({shown}) around a value",
        "use plain quotation marks or none",
    ),
    "E116": Kind(
        "A symbolic link",
        "'{name}' is a symbolic link; only real files are published",
        "put the file itself here",
    ),
    "E117": Kind(
        "Something is too large",
        "{what} is over the limit of {limit}",
        "split it, or ask the maintainers to raise the limit",
    ),
    "E118": Kind(
        "A file that cannot be opened",
        "'{name}' cannot be opened: {reason}",
        "replace it with an ordinary file that everyone may read",
    ),
    "E119": Kind(
        "Leftover merge conflict markers",
        "merge conflict markers ({shown}) were left in the file",
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
        "add the column, or change its heading back to '{name}'",
    ),
    "E203": Kind(
        "A required value is missing",
        "this value is required",
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
        "A value in the wrong format",
        "{shown} is not in the right format",
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
        "the id is {shown}, but the file is named '{file}'",
        "{advice}",
    ),
    "E403": Kind(
        "An id that the site reserves",
        "{shown} cannot be an id: the site uses that address itself",
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
        "the address '{address}' was published and now leads nowhere",
        "bring the record back (with status: ended if it is over), or add its old id to the aliases of the record that "
        "replaces it",
    ),
    "E408": Kind(
        "A date in the future",
        "{shown} is in the future",
        "write the day it was actually checked",
    ),
    "E409": Kind(
        "One of several fields is required",
        "the record must say {what}",
        "{advice}",
    ),
    "E410": Kind(
        "A time that the clock skips",
        "{shown} does not exist in {zone}: clocks skip that hour when daylight saving time begins",
        "write the time on the clock after the change: {there}",
    ),
    "E411": Kind(
        "An unknown time zone",
        "{shown} is not a time zone",
    ),
    "E412": Kind(
        "An active offer of an employer that is not taking part",
        "this is active, but the employer {employer} is {state}, so it will not be listed",
        "write status: {state} here too, or make the employer active again",
        "warning",
    ),
    "E413": Kind(
        "A picture that cannot be published",
        "{shown}: {reason}",
        "save it as a PNG, JPEG (.jpg) or WebP of at most 200 kB in content/{folder}/",
    ),
    "E414": Kind(
        "A picture without a description",
        "the picture has no description for people who cannot see it",
        "write picture_alt: and describe what the picture shows",
    ),
    "E415": Kind(
        "Consent that has ended",
        "consent ended on {shown}, so the record is no longer published",
        "ask for consent again and write the new date, or delete the record",
        "warning",
    ),
    "E416": Kind(
        "A record that waits for an unpublished one",
        "{shown} in {dataset} is not published, so this record is not published either{others}",
        "publish {shown} first, or name another record here",
        "warning",
    ),
    "E417": Kind(
        "A real record of a sample employer",
        "the employer {employer} is a sample, but this record is not marked as one",
        "add sample: true, or name the real employer",
        "warning",
    ),
    # 5: text from outside
    "E501": Kind(
        "Markup in plain text",
        "plain text cannot contain '{character}'",
        "remove it, or use words: 'less than', 'more than'",
    ),
    "E502": Kind(
        "An invisible character",
        "there is an invisible character here: {name}",
        "delete it; the surest way is to retype the word",
    ),
    "E503": Kind(
        "Letters with separate accents",
        "{shown} is written with separate accent characters (not Unicode NFC)",
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
        "{shown} cannot be published as an address: {reason}",
        "{advice}",
    ),
    "E506": Kind(
        "HTML in prose",
        "HTML is not allowed in prose: {shown}",
        "remove the tag, or put code in backticks: `<b>`",
    ),
    "E507": Kind(
        "A link that leads nowhere",
        "the link {shown} leads to no page on this site",
        "write it like /pathways/patient-care/, with the id of a record",
    ),
    "E508": Kind(
        "A personal mailbox",
        "{shown} looks like a personal mailbox",
        "write the address of a role at the organization, or add contact_is_role: true if it is one",
        "warning",
    ),
    # 6: ready for the public?
    "E601": Kind(
        "Sample records before a release",
        "sample records in '{name}': {count}, the first one here",
        "delete them, or replace them with real ones without 'sample: true'",
    ),
    "E602": Kind(
        "A placeholder before a release",
        "{shown} is a placeholder",
        "write the real one",
    ),
    # 7: what people type into spreadsheets and forms
    "E701": Kind(
        "A date with two meanings",
        "{shown} could be {first} or {second}",
        "write {first_iso} or {second_iso}",
    ),
    "E702": Kind(
        "A name that several records share",
        "{shown} could be any of several records of {dataset}",
        "write the id of one: {ids}",
    ),
    "E703": Kind(
        "A heading that matches no field",
        "{shown} is not a field of {dataset}",
        "{advice}",
    ),
    "E704": Kind(
        "A formula without a value",
        "the formula in this cell has no value",
        "open the file in the spreadsheet program and save it again, or type the value",
    ),
    "E705": Kind(
        "A row without an id",
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
