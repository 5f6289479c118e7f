"""Words and formats of a language: Babel catalogues for templates, numbers, money, dates."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages import mofile, pofile

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "eportal"


@cache
def load(language: str) -> gettext.NullTranslations:
    """Read the catalogue of a language; English is the language of the templates themselves."""
    path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def formats(language: str) -> dict[str, Callable[..., str]]:
    """Give the filters that write numbers, dollars, percentages and days as the language does."""

    @cache
    def number(value: int | Decimal) -> str:
        return str(numbers.format_decimal(value, locale=language))

    @cache
    def usd(value: int | Decimal) -> str:
        return numbers.format_currency(value, "USD", format="¤#,##0" if language == "en" else None, locale=language)

    @cache
    def percent(value: Decimal) -> str:
        """Write a figure that is already in percent, with its sign."""
        words = numbers.format_decimal(abs(value), locale=language)
        return f"{'−' if value < 0 else '+' if value > 0 else ''}{words}%"

    @cache
    def day(value: date | str) -> str:
        moment = date.fromisoformat(value) if isinstance(value, str) else value
        return dates.format_date(moment, format="long", locale=language)

    @cache
    def month(value: str) -> str:
        return dates.format_date(date.fromisoformat(f"{value}-01"), format="MMMM y", locale=language)

    def language_name(code: str) -> str:
        return str(Locale.parse(code).get_display_name(language) or code)

    filters = {"number": number, "usd": usd, "percent": percent, "day": day, "month": month}
    return filters | {"language_name": language_name, "gettext": load(language).gettext}
