"""The nouns of the program: frozen values that the steps of the pipeline pass on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]

#: What a file holds before anybody judged it: text, a list, or a mapping of these.
Raw = str | list[Any] | dict[str, Any]

#: Says where a value stands in its file: (field name, then indexes or keys) -> (line, column).
Locator = Callable[..., tuple[int, int]]


#: The links of a record that has none: one read-only mapping for all of them.
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return NOTHING


def dotted(where: Sequence[str | int]) -> str:
    """Name a place in a record as schemas do: `criteria.source` for ("criteria", 3, "source")."""
    unknown_key = len(where) > 3 and where[-1] == "key"  # noqa: PLR2004 - (field, index, name, "key")
    return ".".join(str(step) for step in where[: 1 if unknown_key else None] if not isinstance(step, int))


class SetupError(Exception):
    """The project itself is broken (not its data): a schema, a template, a setting.

    The message names the path and what to do about it; the command line exits with 2.
    """


class UnknownRevisionError(SetupError):
    """A name that is no revision of the repository; the message says so."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a file; line and column count from 1, as editors do."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give the form that editors and code hosts turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to mend, with the words that tell how."""

    code: str
    message: str
    origin: Origin
    severity: Severity = "error"
    dataset: str = ""
    record: str = ""
    field: str = ""
    value: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Give the line that `eportal check` prints."""
        subject = f"{self.field}: " if self.field else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.origin}: {self.severity} {self.code} {subject}{self.message}{hint}"


class Mark(NamedTuple):
    """How a value is shown next to its words: an icon by its name, a color of `icons.COLORS`; '' for none."""

    icon: str = ""
    color: str = ""


class Remind(NamedTuple):
    """When somebody must look at a record again: months after a day that it holds, or days before it.

    `words` stand before the day: "closes on". Exactly one of the numbers is there.
    """

    words: str
    after_months: int | None = None
    before_days: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a Table Schema, with the few marks that this project adds."""

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    format: str = ""
    example: str = ""
    delimiter: str = ";"
    constraints: Mapping[str, Any] = dataclass_field(default_factory=dict)
    markdown: bool = False
    translatable: bool = False
    reference: str = ""
    fields: tuple[Field, ...] = ()
    labels: Mapping[str, str] = dataclass_field(default_factory=dict)
    marks: Mapping[str, Mark] = dataclass_field(default_factory=dict)
    source: str = ""
    translation_of: str = ""
    item: Field | None = None
    choices: str = ""
    remind: Remind | None = None

    @property
    def required(self) -> bool:
        """Tell whether every record must have a value here."""
        return bool(self.constraints.get("required"))

    @property
    def is_list(self) -> bool:
        """Tell whether the field holds several values."""
        return self.type in ("list", "array")


@dataclass(frozen=True, slots=True)
class Schema:
    """What one dataset holds: its Table Schema."""

    dataset: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("id",)
    ordered: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """Find a field by name."""
        return next((f for f in self.fields if f.name == name), None)

    @property
    def all_fields(self) -> Iterator[Field]:
        """Go through the fields, each followed by those of its groups."""
        for field in self.fields:
            yield field
            yield from field.fields

    @property
    def references(self) -> tuple[tuple[Field, Field | None], ...]:
        """Give the fields whose values are ids of a dataset: (field, None), or (list of groups, field in it)."""
        direct: list[tuple[Field, Field | None]] = [(f, None) for f in self.fields if f.reference]
        return (*direct, *((f, nested) for f in self.fields for nested in f.fields if nested.reference))


@dataclass(frozen=True, slots=True)
class Resource:
    """One dataset as `data/datapackage.yaml` lists it."""

    name: str
    schema: Schema
    sources: tuple[str, ...] = ()
    verified_on: str = ""
    owner: str = ""
    sample: bool = False
    editorial: bool = False
    handout: bool = False
    origin: Origin = Origin("data/datapackage.yaml")


@dataclass(frozen=True, slots=True)
class Region:
    """All that is particular to one county (`data/region.yaml`)."""

    values: Mapping[str, Any]
    languages: tuple[str, ...]
    timezone: str
    origins: Mapping[str, Origin] = dataclass_field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Give a setting by its key."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Package:
    """The set-up of a data folder: region and datasets, in the order a reader would learn them.

    `about` is what datapackage.yaml says of the whole: name, title, licenses.
    """

    root: Path
    region: Region
    resources: tuple[Resource, ...]
    about: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def __iter__(self) -> Iterator[Resource]:
        """Go through the datasets in order."""
        return iter(self.resources)

    def get(self, name: str) -> Resource | None:
        """Find a dataset by name."""
        return next((r for r in self.resources if r.name == name), None)


class Row(NamedTuple):
    """A record as written in its file: text, with the place of every value.

    `stem` is the file's name where the record has a file of its own; `lines` are those of the file.
    """

    path: str
    values: Mapping[str, Raw]
    locate: Locator
    broken: bool = False
    stem: str = ""
    lines: Sequence[str] = ()

    def origin(self, *where: str | int) -> Origin:
        """Give the place of a value; of the record itself without arguments."""
        return Origin(self.path, *self.locate(*where))

    def origin_of(self, part: str, *where: str | int) -> Origin:
        """Give the place of a part of a text; of the whole value where the part is written otherwise (escaped)."""
        start = self.origin(*where)
        whole: Any = self.values.get(str(where[0]), "") if where else ""
        most = 2 + str(whole).count(" ") + 2 * str(whole).count("\n")  # a folded text breaks at its spaces
        for line, text in enumerate(self.lines[start.line - 1 : start.line - 1 + most], start=start.line):
            at = text.find(part, start.column - 1 if line == start.line else 0)
            if part and at >= 0:
                return Origin(self.path, line, at + 1)
        return start


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one dataset; `whole` is false when a file could not be read to its end.

    `cells` gives all texts of a column, where the file's reader has a quicker way than through the rows.
    """

    dataset: str
    rows: tuple[Row, ...]
    columns: Mapping[str, Origin] = dataclass_field(default_factory=dict)
    whole: bool = True
    cells: Callable[[Sequence[Row], str], list[Raw]] | None = None

    def column(self, name: str) -> list[Raw]:
        """Give the text of a field in each row, '' where there is none."""
        return self.cells(self.rows, name) if self.cells else [row.values.get(name, "") for row in self.rows]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A checked record: typed values and, once linked, the records it points to and from.

    `record["name"]` (in templates `record.name`) gives a value, a record, or a tuple of either.
    `faulty` holds the places (field, index, key) whose values were refused: later checks skip them.
    """

    dataset: str
    id: str
    values: Mapping[str, Any]
    row: Row
    links: Mapping[str, Any] = dataclass_field(default_factory=_nothing, repr=False)  # records form circles
    backlinks: Mapping[str, tuple[Record, ...]] = dataclass_field(default_factory=_nothing, repr=False)
    faulty: frozenset[tuple[str | int, ...]] = frozenset()

    def __getitem__(self, name: str) -> Any:
        """Give the linked records of a reference field, else the value (None where blank)."""
        return self.links[name] if name in self.links else self.values[name]

    @property
    def url(self) -> str:
        """Give the address of the record's page below the site's root."""
        return f"{self.dataset}/{self.id}/"

    @property
    def origin(self) -> Origin:
        """Give the place where the record begins."""
        return self.row.origin()


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published records of one dataset, in file order, found by id.

    `unread` are ids of records that cannot be read; `whole` is false where there may be more of them.
    `withdrawn` are ids of records that were published and no longer may be, because consent has ended.
    """

    resource: Resource
    records: tuple[Record, ...]
    by_id: Mapping[str, Record]
    unread: frozenset[str] = frozenset()
    whole: bool = True
    withdrawn: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        """Go through the records in order."""
        return iter(self.records)

    def __len__(self) -> int:
        """Count the records."""
        return len(self.records)

    def __getitem__(self, record_id: str) -> Record:
        """Find a record by id."""
        return self.by_id[record_id]

    @property
    def name(self) -> str:
        """Give the dataset's name."""
        return self.resource.name


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the region knows, linked: what templates are filled from."""

    package: Package
    datasets: Mapping[str, Dataset] = dataclass_field(repr=False)

    def __getitem__(self, name: str) -> Dataset:
        """Find a dataset by name."""
        return self.datasets[name]

    def __iter__(self) -> Iterator[Dataset]:
        """Go through the datasets in order."""
        return iter(self.datasets.values())

    @property
    def region(self) -> Region:
        """Give the settings of the region."""
        return self.package.region


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be: where it goes, what it is made of. Its text is made by `render.markdown`.

    `part` names a further page of a record, "" is the record's own.
    """

    uri: str
    language: str
    template: str
    origin: Origin
    record: Record | None = None
    dataset: str = ""
    part: str = ""
    translated: bool = True
    meta: Mapping[str, Any] = dataclass_field(default_factory=dict)

    @property
    def url(self) -> str:
        """Give the address below the site's root, '' for the home page."""
        stem = self.uri.removesuffix(".md")
        if stem == "index":
            return ""
        return stem.removesuffix("/index") + "/"

    @property
    def record_id(self) -> str:
        """Give the id of the record that the page shows, '' for other pages."""
        return self.record.id if self.record else ""

    @property
    def root(self) -> str:
        """Give the way back to the site's root, './' or some '../'."""
        return "../" * self.url.count("/") or "./"

    @property
    def base(self) -> str:
        """Give the way to where the page's language begins: addresses of records and pages follow it."""
        return self.root + (f"{self.language}/" if self.uri.startswith(f"{self.language}/") else "")


@dataclass(frozen=True, slots=True)
class Site:
    """The result of a run: what will be published, and what is wrong."""

    catalog: Catalog
    pages: tuple[Page, ...]
    redirects: Mapping[str, str]
    problems: tuple[Problem, ...]
    today: date

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Give the problems that stop a build."""
        return tuple(p for p in self.problems if p.severity == "error")
