"""Pages only: no feeds, no archives, nothing that the other builders do not write."""

SITENAME = "Benchmark careers"
SITEURL = "https://benchmark.example"
PATH = "content"
PAGE_PATHS = ["pages"]
ARTICLE_PATHS: list[str] = []
STATIC_PATHS = ["assets"]
THEME = "theme"
OUTPUT_PATH = "public"
DIRECT_TEMPLATES: list[str] = []
THEME_STATIC_PATHS: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
TIMEZONE = "UTC"
PAGE_ORDER_BY = "save_as"
MARKDOWN = {"extension_configs": {"markdown.extensions.tables": {}, "markdown.extensions.toc": {}}}
