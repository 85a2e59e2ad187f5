"""Settings of the site, and nothing else: guide/reference/settings.md says what they do.

``sphinx-build -c . -b html -D language=ko docs OUT`` builds one language; ``make html`` builds and checks all.
"""

import os
from pathlib import Path

from policysite.sphinx_settings import sphinx_settings

# Those of Sphinx and the theme, which are the same on every site; what is set below has precedence.
globals().update(sphinx_settings(Path(__file__).resolve().parent))

project = "SpaceONE policies"

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
