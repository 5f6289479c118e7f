"""Records as seen by a page in another language: translated if possible, otherwise marked."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.model import Record

#: Keys of a group (a field of type array) whose values are identifiers, not text.
KEYS_OF_GROUPS = {"id", "topic"}


class Fallback(str):
    """Text in the region's first language instead of a missing translation, marked in HTML."""

    __slots__ = ("language",)
    language: str

    def __html__(self) -> Markup:
        """Return the text in a span that tells screen readers its language."""
        return Markup('<span lang="{}">{}</span>').format(self.language, str(self))


class Translated:
    """A record in another language, with translations where available."""

    __slots__ = ("_first", "_language", "record")

    def __init__(self, record: Record, language: str, first: str) -> None:
        """View `record` in `language`; `first` is the language to fall back to."""
        self.record, self._language, self._first = record, language, first

    def __getattr__(self, name: str) -> Any:
        """Return the record's own attributes: id, url, dataset, row."""
        return getattr(self.record, name)

    def __eq__(self, other: object) -> bool:
        """Whether both are views of the same record."""
        return isinstance(other, Translated) and other.record is self.record

    def __hash__(self) -> int:
        """Hash like the record, to be consistent with equality."""
        return hash(id(self.record))

    @property
    def backlinks(self) -> dict[str, Any]:
        """Return the records that refer here, translated."""
        return {name: translated(found, self._language, self._first) for name, found in self.record.backlinks.items()}

    def __getitem__(self, name: str) -> Any:
        """Return a value in the page's language, or in the first one, marked."""
        sibling = f"{name}_{self._language}"
        values = self.record.values
        if values.get(sibling):
            return translated(self.record[sibling], self._language, self._first)
        value = translated(self.record[name], self._language, self._first)
        return marked(value, self._first) if sibling in values else value


def translated(value: Any, language: str, first: str) -> Any:
    """Return records, lists of records and results of views as seen by a page in `language`."""
    if isinstance(value, Record):
        return Translated(value, language, first)
    if hasattr(value, "_fields"):  # a named tuple from a view
        return type(value)(*(translated(one, language, first) for one in value))
    if isinstance(value, tuple | list):
        return tuple(translated(one, language, first) for one in value)
    if isinstance(value, dict):
        return {key: translated(one, language, first) for key, one in value.items()}
    return value


def original(value: Any) -> Any:
    """Return the records behind a translated value, for views that compute with them."""
    if isinstance(value, Translated):
        return value.record
    if hasattr(value, "_fields"):  # the result of another view
        return type(value)(*map(original, value))
    return tuple(original(one) for one in value) if isinstance(value, tuple | list) else value


def marked(value: Any, language: str) -> Any:
    """Mark all text in a value as being in `language`, except IDs."""
    if isinstance(value, str):
        text = Fallback(value)
        text.language = language
        return text
    if isinstance(value, tuple):
        return tuple(marked(one, language) for one in value)
    if isinstance(value, dict):
        return {key: marked(one, language) if key not in KEYS_OF_GROUPS else one for key, one in value.items()}
    return value
