"""What templates may call: a function marked as a view is offered to them under its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from generator.model import SetupError

Answer = TypeVar("Answer", bound=Callable[..., Any])

PUBLIC: dict[str, Callable[..., Any]] = {}


def view(function: Answer) -> Answer:
    """Offer a function to templates.

    Raises:
        SetupError: another view has that name, so a template could not say which it means.
    """
    name = function.__name__
    if name in PUBLIC:
        raise SetupError(f"{function.__module__}: there is a view '{name}' in {PUBLIC[name].__module__} already")
    PUBLIC[name] = function
    return function
