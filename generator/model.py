"""The values that the steps of the pipeline pass along. A step never changes a value after returning it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]

#: A value as read from a file, before validation: text, a list, or a mapping of these.
Raw = str | list[Any] | dict[str, Any]

#: Returns a value's position in its file: (field name, then indexes or keys) -> (line, column).
Locator = Callable[..., tuple[int, int]]


#: The links of every record that has none: one read-only mapping, because a large table has many such records.
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return NOTHING


def dotted(where: Sequence[str | int]) -> str:
    """Return a place in a record in schema notation: `criteria.source` for ("criteria", 3, "source")."""
    unknown_key = len(where) > 3 and where[-1] == "key"  # noqa: PLR2004 - (field, index, name, "key")
    return ".".join(str(step) for step in where[: 1 if unknown_key else None] if not isinstance(step, int))


class SetupError(Exception):
    """A fault in the project itself, not in its data: in a schema, a template or a setting.

    The message names the path, what is wrong and what to write; the command line exits with status 2.
    """


class UnknownRevisionError(SetupError):
    """A name that is not a commit, branch or tag of the repository."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a file. Line and column count from 1, as in editors."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `path:line:column`, which editors and code hosts turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to correct, with a message that says how."""

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
        """Return the line that `eportal check` prints."""
        subject = f"{self.field}: " if self.field else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.origin}: {self.severity} {self.code} {subject}{self.message}{hint}"


class Mark(NamedTuple):
    """How a value is marked next to its label: the name of an icon, and one of `icons.COLORS`; '' for none."""

    icon: str = ""
    color: str = ""


class Remind(NamedTuple):
    """When a record needs another look: months after a date in it, or days before that date.

    `words` come before the date: "closes on". Exactly one of the numbers is set.
    """

    words: str
    after_months: int | None = None
    before_days: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a Table Schema, with the properties that this project adds."""

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
    retired: Mapping[str, str] = dataclass_field(default_factory=dict)
    source: str = ""
    translation_of: str = ""
    item: Field | None = None
    choices: str = ""
    remind: Remind | None = None
    http: bool = False

    @property
    def required(self) -> bool:
        """Whether every record must have a value in this field."""
        return bool(self.constraints.get("required"))

    @property
    def is_list(self) -> bool:
        """Whether the field holds several values."""
        return self.type in ("list", "array")


@dataclass(frozen=True, slots=True)
class Schema:
    """The Table Schema of one dataset."""

    dataset: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("id",)
    ordered: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the field of this name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    @property
    def all_fields(self) -> Iterator[Field]:
        """The fields, each followed by the fields of its groups."""
        for field in self.fields:
            yield field
            yield from field.fields

    @property
    def references(self) -> tuple[tuple[Field, Field | None], ...]:
        """The fields whose values are ids: (field, None), or (list of groups, field in its groups)."""
        direct: list[tuple[Field, Field | None]] = [(f, None) for f in self.fields if f.reference]
        return (*direct, *((f, nested) for f in self.fields for nested in f.fields if nested.reference))


@dataclass(frozen=True, slots=True)
class Resource:
    """One dataset, as listed in `data/datapackage.yaml`.

    `listed_with` names the dataset whose index page lists these records, too, if they have none of their own.
    """

    name: str
    schema: Schema
    sources: tuple[str, ...] = ()
    verified_on: str = ""
    owner: str = ""
    editorial: bool = False
    handout: bool = False
    listed_with: str = ""
    origin: Origin = Origin("data/datapackage.yaml")


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that is specific to one county (`data/region.yaml`)."""

    values: Mapping[str, Any]
    languages: tuple[str, ...]
    timezone: str
    origins: Mapping[str, Origin] = dataclass_field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return a setting by its key."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Package:
    """The setup of a data folder: its region, and its datasets in the order of datapackage.yaml.

    `about` holds the other keys of datapackage.yaml: name, title, licenses.
    """

    root: Path
    region: Region
    resources: tuple[Resource, ...]
    about: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def __iter__(self) -> Iterator[Resource]:
        """Yield the datasets in order."""
        return iter(self.resources)

    def get(self, name: str) -> Resource | None:
        """Return the dataset of this name, or None."""
        return next((r for r in self.resources if r.name == name), None)


class Row(NamedTuple):
    """A record as written in its file: text, with the position of every value.

    `stem` is the file's name without its suffix if the record has a file of its own; `lines` are the file's lines.
    """

    path: str
    values: Mapping[str, Raw]
    locate: Locator
    broken: bool = False
    stem: str = ""
    lines: Sequence[str] = ()

    def origin(self, *where: str | int) -> Origin:
        """Return the place of a value, or of the record itself without arguments."""
        return Origin(self.path, *self.locate(*where))

    def origin_of(self, part: str, *where: str | int) -> Origin:
        """Return the place of a part of the text, or of the whole value if the part is written escaped."""
        start = self.origin(*where)
        whole: Any = self.values.get(str(where[0]), "") if where else ""
        most = 2 + str(whole).count(" ") + 2 * str(whole).count("\n")  # folded text may break at any space
        for line, text in enumerate(self.lines[start.line - 1 : start.line - 1 + most], start=start.line):
            at = text.find(part, start.column - 1 if line == start.line else 0)
            if part and at >= 0:
                return Origin(self.path, line, at + 1)
        return start


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one dataset. `whole` is false if a file could not be read to its end.

    `cells` returns the texts of a column, if the file's reader has a faster way than row by row.
    """

    dataset: str
    rows: tuple[Row, ...]
    columns: Mapping[str, Origin] = dataclass_field(default_factory=dict)
    whole: bool = True
    cells: Callable[[Sequence[Row], str], list[Raw]] | None = None

    def column(self, name: str) -> list[Raw]:
        """Return the text of a field in each row, '' for rows without it."""
        return self.cells(self.rows, name) if self.cells else [row.values.get(name, "") for row in self.rows]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A validated record: typed values and, once linked, the records it refers to and those that refer to it.

    `record["name"]` (in templates `record.name`) is a value, a record, or a tuple of either.
    `faulty` holds the places (field, index, key) whose values were refused, so that later checks skip them.
    """

    dataset: str
    id: str
    values: Mapping[str, Any]
    row: Row
    links: Mapping[str, Any] = dataclass_field(default_factory=_nothing, repr=False)  # circular
    backlinks: Mapping[str, tuple[Record, ...]] = dataclass_field(default_factory=_nothing, repr=False)
    faulty: frozenset[tuple[str | int, ...]] = frozenset()

    def __getitem__(self, name: str) -> Any:
        """Return the linked records of a reference field, or the value of any other field (None if blank)."""
        return self.links[name] if name in self.links else self.values[name]

    @property
    def url(self) -> str:
        """The address of the record's page, relative to the site's root."""
        return f"{self.dataset}/{self.id}/"

    @property
    def origin(self) -> Origin:
        """The place where the record begins."""
        return self.row.origin()

    @property
    def is_sample(self) -> bool:
        """Whether the record is invented, to show how the site works."""
        return self.values.get("sample") is True


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published records of one dataset, in file order and by id.

    `unread` are the ids of records that could not be read; `whole` is false if there may be more of them.
    `withdrawn` are the ids of records that may no longer be published because consent has ended. `drafts` are the
    records that wait to be confirmed: they have no links, and only what is for staff may count or name them.
    """

    resource: Resource
    records: tuple[Record, ...]
    by_id: Mapping[str, Record]
    unread: frozenset[str] = frozenset()
    whole: bool = True
    withdrawn: tuple[str, ...] = ()
    drafts: tuple[Record, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        """Yield the records in order."""
        return iter(self.records)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.records)

    def __getitem__(self, record_id: str) -> Record:
        """Return the record with this id."""
        return self.by_id[record_id]

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.resource.name

    @property
    def samples(self) -> tuple[Record, ...]:
        """The invented records among them."""
        return tuple(record for record in self.records if record.is_sample)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All published records, linked: the source of everything that templates show."""

    package: Package
    datasets: Mapping[str, Dataset] = dataclass_field(repr=False)

    def __getitem__(self, name: str) -> Dataset:
        """Return the dataset of this name."""
        return self.datasets[name]

    def __iter__(self) -> Iterator[Dataset]:
        """Yield the datasets in order."""
        return iter(self.datasets.values())

    @property
    def region(self) -> Region:
        """The settings of the region."""
        return self.package.region

    @property
    def has_samples(self) -> bool:
        """Whether any published record is invented."""
        return any(record.is_sample for dataset in self for record in dataset)


@dataclass(frozen=True, slots=True)
class Page:
    """One planned page: its address and what it is made from. `render` makes its text later.

    `part` names an additional page of a record; it is "" for the record's own page.
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
        """The page's address relative to the site's root, '' for the home page."""
        stem = self.uri.removesuffix(".md")
        if stem == "index":
            return ""
        return stem.removesuffix("/index") + "/"

    @property
    def record_id(self) -> str:
        """The id of the record that the page shows, '' if it shows none."""
        return self.record.id if self.record else ""

    @property
    def root(self) -> str:
        """The relative path from the page to the site's root: './' or one or more '../'."""
        return "../" * self.url.count("/") or "./"

    @property
    def base(self) -> str:
        """The relative path from the page to its language's root; addresses of records and pages are appended to it."""
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
        """The problems that stop a build."""
        return tuple(p for p in self.problems if p.severity == "error")
