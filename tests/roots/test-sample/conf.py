"""Settings of the sample: an invented service with a policy in several full versions."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent

project = "Hanbit Notes policies"
extensions = ["myst_parser", "policysite.sphinx_ext"]

language = "en"
policysite_source_language = "en"
policysite_languages = {"en": "English", "ko": "한국어"}
policysite_time_zone = "Asia/Seoul"
policysite_publisher = "Hanbit Notes Inc."
policysite_site_id = "bfc4c8d0-ab3e-4e52-ada6-caa3b04ae7e8"
policysite_policies = {
    "privacy": {
        "contact": {
            "name": {
                "en": "Hanbit Notes Support Desk",
                "ko": "한빛노트 고객센터",
            },
            "phone": "02-0000-0000",
            "email": "privacy@example.com",
        },
    },
}

html_static_path = [os.fspath(ROOT / "_static")]
html_logo = os.fspath(ROOT / "_static" / "logo.svg")

gettext_compact = False
gettext_location = False
smartquotes = False
myst_enable_extensions = ["attrs_block"]
myst_disable_syntax = ["html_block", "html_inline"]
myst_url_schemes = ["http", "https", "mailto", "tel"]
nitpicky = True
suppress_warnings = ["toc.not_included"]

html_theme = "furo"
html_sidebars = {"**": ["policysite/sidebar.html"]}
html_permalinks = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_show_search_summary = False
html_domain_indices = False

policysite_sample = True
