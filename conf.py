"""Settings of the site, and nothing else: guide/reference/settings.md says what they do.

``sphinx-build -c . -b html -D language=ko docs OUT`` builds one language; ``make html`` builds and checks all.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent

project = "SpaceONE policies"
extensions = ["myst_parser", "policysite.sphinx_ext"]

# The site -----------------------------------------------------------------------------------------

language = "en"
policysite_source_language = "en"
policysite_languages = {"en": "English", "ko": "한국어"}
policysite_time_zone = "Asia/Seoul"
# The site's address without the language; pages name their canonical address when it is known.
policysite_base_url = os.environ.get("POLICYSITE_BASE_URL", "")
policysite_publisher = "MEGAZONE CLOUD Corp."
# Never changes: feed readers know by it what they have shown.
policysite_site_id = "695f97d7-2204-4430-a2ed-15957dae5ccd"
# Translations that the publisher has not reviewed; their pages say so.
policysite_unreviewed_translations = ["ko"]
# Translations that may have gaps; they do not count as published until they have none.
policysite_incomplete_languages: list[str] = []
# Where a line of a file can be seen, as "https://example.com/repository/blob/main/{path}#L{line}".
policysite_source_url = ""
# Pages that the site leaves out: "comparisons" (with life lines), "parallel" (two languages), "dates" (by day).
policysite_left_out_pages: list[str] = []
# One folder in docs/ a policy; its files are its register.
policysite_policies = {
    "privacy": {
        "contact": {
            "name": {
                "en": "SpaceONE Service Operations Team",
                "ko": "SpaceONE 서비스 운영팀",
            },
            "phone": "1644-2243",
            "email": "spaceone-support@megazone.com",
        },
    },
}

# Where things are: absolute, as Sphinx takes some of these from the sources, some from here --------

html_static_path = [os.fspath(ROOT / "_static")]
html_logo = os.fspath(ROOT / "_static" / "logo.svg")

# One catalog a version: a sentence changed for 1.7 must not rewrite 1.6.
gettext_compact = False
# Line numbers would change every entry after an edited one.
gettext_location = False

# The text as it was written ------------------------------------------------------------------------

smartquotes = False
myst_enable_extensions = ["attrs_block", "deflist"]
myst_disable_syntax = ["html_block", "html_inline"]
myst_url_schemes = ["http", "https", "mailto", "tel"]
nitpicky = True
# Versions are listed by the register; a toctree of them would cost time on every page.
suppress_warnings = ["toc.not_included"]

# The pages -----------------------------------------------------------------------------------------

html_theme = "furo"
html_css_files = ["site.css"]
html_sidebars = {"**": ["policysite/sidebar.html"]}
html_permalinks = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_show_search_summary = False
html_domain_indices = False
