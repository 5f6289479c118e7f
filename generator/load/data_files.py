"""Where the records of a dataset are: in one CSV or YAML file, or in a folder with a YAML file for each record."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".csv", ".yaml")


def dataset_file(root: Path, dataset: str) -> Path | None:
    """Return the file that holds all records of a dataset, or None if each record has a file of its own.

    A symbolic link that leads nowhere counts: it is the problem to report, not that the file is missing.
    """
    paths = (root / f"{dataset}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if path.exists() or path.is_symlink()), None)


def record_path(root: Path, dataset: str, record_id: str) -> Path:
    """Return the file that a record is in, or would be in."""
    return dataset_file(root, dataset) or root / dataset / f"{record_id}.yaml"
