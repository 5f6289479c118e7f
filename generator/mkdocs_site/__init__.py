"""The only package that knows MkDocs: plugin, pages, record pages, build."""
