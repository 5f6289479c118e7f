"""The county's figures can be renewed: its codes are set, and each publisher's next release has a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import load
from generator.figures.publishers import PUBLISHERS
from generator.figures.releases import due
from generator.figures.site_data import CODES, read_site


def test_the_region_has_its_codes(shipped: Path) -> None:
    """Both codes have their form, so that `eportal figures` finds the county's lines."""
    codes = read_site(load.read_package(shipped / "data")).codes
    assert len(codes) == len(CODES)
    assert codes.county.startswith(codes.state)


@pytest.mark.parametrize("name", PUBLISHERS)
def test_a_reminder_comes_some_day(shipped: Path, name: str) -> None:
    """The vintages in data/sources.yaml tell when a publisher's next release is due; otherwise no issue would come."""
    far = due(read_site(load.read_package(shipped / "data")), date(2100, 1, 1))
    assert name in {one.name for one in far}
