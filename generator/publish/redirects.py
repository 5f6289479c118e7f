"""Redirect pages from every former address to the current one."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator import policy
from generator.model import Site

REDIRECT = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p><a href="{target}">{title}</a></p>
</body>
</html>
"""


def redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, HTML) for every former address; it works without JavaScript."""
    pages = {page.url: page for page in site.pages}
    for former, target in sorted(site.redirects.items()):
        page = pages[target]
        values = page.record.values if page.record else {}
        name = values.get(f"name_{page.language}") or values.get("name") or target
        back = "../" * former.count("/")
        yield (
            f"{former}index.html",
            REDIRECT.format(
                language=page.language,
                policy=policy.REDIRECT,
                title=escape(str(name)),
                target=escape(back + target),
            ),
        )
