"""The generator of the career ePortal: checked data in, Markdown pages out."""

__version__ = "0.1.0"
