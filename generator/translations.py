"""Translate and format for a language: Babel catalogs for templates, formats for numbers, money and dates."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages import mofile, pofile

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "eportal"
#: The language of the templates, which needs no catalog.
WRITTEN_IN = "en"
COUNTRY = "US"
MONTHS = "- January February March April May June July August September October November December".split()
#: Half a percent: what rounds to less is written "<1%".
HALF = Decimal("0.5")
MONTH = re.compile(f"({'|'.join(MONTHS[1:])}) [0-9]{{4}}")


@cache
def load(language: str) -> gettext.NullTranslations:
    """Read the catalog of a language; English needs none, because the templates are written in it."""
    path = _catalog(language)
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def fallbacks(languages: Sequence[str]) -> list[str]:
    """Return a sentence for each language that has no catalog, so that our own fixed words appear in English."""
    missing = [language for language in languages if language != WRITTEN_IN and not _catalog(language).exists()]
    if not missing:
        return []
    with (LOCALE / f"{DOMAIN}.pot").open("rb") as file:
        number = len(pofile.read_po(file))
    return [
        f"our own {number:,} fixed words have no {_english_name(language)}; they appear in English until "
        f"{language}/LC_MESSAGES/{DOMAIN}.po is in generator/locale/"
        for language in missing
    ]


def _catalog(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _english_name(language: str) -> str:
    try:
        return str(Locale.parse(language).english_name or language)
    except (ValueError, UnknownLocaleError):
        return f"'{language}'"


def _locale(language: str) -> Locale:
    """Return a language's locale for this country if there is one: 52,000 in Spanish too, not 52.000."""
    try:
        return Locale.parse(f"{language}_{COUNTRY}")
    except UnknownLocaleError:
        return Locale.parse(language)


def formats(language: str) -> dict[str, Callable[..., str | None]]:
    """Return the filters that format numbers, dollars, percentages and days for a language."""
    locale = _locale(language)

    def language_name(code: str) -> str:
        try:
            return str(Locale.parse(code).get_language_name(language) or code)
        except (ValueError, UnknownLocaleError):  # text that is not a code is shown as it is
            return code

    others: dict[str, Callable[..., str | None]] = {"language_name": language_name, "gettext": load(language).gettext}
    return _numbers(locale) | _days(locale) | others


def _numbers(locale: Locale) -> dict[str, Callable[..., str | None]]:
    @cache
    def number(value: int | Decimal, places: int = 0) -> str:
        """Format a number; with `places`, always with that many decimals, so that columns line up."""
        form = f"#,##0.{'0' * places}" if places else None
        return str(numbers.format_decimal(value, format=form, locale=locale))

    @cache
    def usd(value: int | Decimal) -> str:
        """Format an amount in whole dollars; the currency's own format would add cents."""
        form = str(locale.currency_formats["standard"].pattern).replace(".00", "")
        return numbers.format_currency(value, "USD", format=form, locale=locale, currency_digits=False)

    @cache
    def pay(value: Decimal) -> str:
        """Format an amount in dollars, with cents if there are any."""
        return usd(value) if value == int(value) else str(numbers.format_currency(value, "USD", locale=locale))

    @cache
    def percent(value: Decimal) -> str:
        """Format a figure that is already a percentage, with its sign and one decimal."""
        words = numbers.format_decimal(abs(value), format="#,##0.0", locale=locale)
        return f"{'−' if value < 0 else '+' if value > 0 else ''}{words}%"

    @cache
    def share(value: Decimal) -> str:
        """Format a part of a whole in whole percent; less than half a percent is not nothing."""
        return "<1%" if 0 < value < HALF else f"{numbers.format_decimal(round(value), locale=locale)}%"

    return {"number": number, "usd": usd, "pay": pay, "percent": percent, "share": share}


def _days(locale: Locale) -> dict[str, Callable[..., str | None]]:
    @cache
    def day(value: date | str) -> str:
        moment = date.fromisoformat(value) if isinstance(value, str) else value
        return dates.format_date(moment, format="long", locale=locale)

    @cache
    def short_day(value: date) -> str:
        return str(dates.format_skeleton("yMMMd", value, locale=locale))

    @cache
    def moment(value: datetime) -> str:
        """Format the day of the week, the date and the time: 'Thursday, February 11, 2027, 3:30 PM'."""
        time = str(dates.format_time(value, format="short", locale=locale)).replace("\u202f", " ")
        return f"{dates.format_date(value, format='full', locale=locale)}, {time}"

    @cache
    def month_name(number: int) -> str:
        return str(dates.get_month_names("abbreviated", "stand-alone", locale)[number])

    @cache
    def month(value: str) -> str:
        return str(dates.format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=locale))

    def vintage(value: str | None) -> str | None:
        """Format the period of figures: a month ('May 2025') in the language, any other text as it is."""
        if not value or not MONTH.fullmatch(value):
            return value
        name, _, year = value.partition(" ")
        return month(f"{year}-{MONTHS.index(name):02}")

    return {
        "day": day,
        "short_day": short_day,
        "moment": moment,
        "month_name": month_name,
        "month": month,
        "vintage": vintage,
    }
