"""The registry of views: marking a function with `@view` makes it available to templates under its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from generator.model import SetupError

Answer = TypeVar("Answer", bound=Callable[..., Any])

PUBLIC: dict[str, Callable[..., Any]] = {}


def view(function: Answer) -> Answer:
    """Make a function available to templates.

    Raises:
        SetupError: another view has the same name, so a template could not tell which one it calls.
    """
    name = function.__name__
    if name in PUBLIC:
        raise SetupError(f"{function.__module__}: the view '{name}' already exists in {PUBLIC[name].__module__}")
    PUBLIC[name] = function
    return function
