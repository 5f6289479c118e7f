"""Write the messages of problems: what each code means, and how a finding becomes a sentence."""

from __future__ import annotations

from generator.diagnostics.kinds import KINDS, Kind
from generator.diagnostics.problems import Fault, fault, problem, shown
from generator.diagnostics.spelling import alike, did_you_mean, folded, nearest
from generator.diagnostics.words import (
    YES_AND_NO,
    constraint_fault,
    example_of,
    form_words,
    length_words,
    plain_number,
    range_words,
    type_words,
)

__all__ = [
    "KINDS",
    "YES_AND_NO",
    "Fault",
    "Kind",
    "alike",
    "constraint_fault",
    "did_you_mean",
    "example_of",
    "fault",
    "folded",
    "form_words",
    "length_words",
    "nearest",
    "plain_number",
    "problem",
    "range_words",
    "shown",
    "type_words",
]
