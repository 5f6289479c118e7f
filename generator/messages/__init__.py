"""Words for problems: what each code means, and how a validator's finding becomes a sentence."""

from __future__ import annotations

from generator.messages.kinds import KINDS, Kind
from generator.messages.problems import Fault, fault, problem, shown
from generator.messages.spelling import did_you_mean, nearest
from generator.messages.words import constraint_fault, example_of, form_words, length_words, range_words, type_words

__all__ = [
    "KINDS",
    "Fault",
    "Kind",
    "constraint_fault",
    "did_you_mean",
    "example_of",
    "fault",
    "form_words",
    "length_words",
    "nearest",
    "problem",
    "range_words",
    "shown",
    "type_words",
]
