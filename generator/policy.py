"""The content security policy that every page carries in its head: what a page may load and do."""

from __future__ import annotations

#: A page may load the site's own scripts, style sheets, pictures and data, use its search form, and nothing else.
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)
#: A redirect loads nothing at all.
REDIRECT = "default-src 'none'; base-uri 'none'; form-action 'none'"
