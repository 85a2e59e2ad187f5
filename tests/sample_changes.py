"""What changed from version to version of the sample policy in ``roots/test-sample``, written down by hand.

Provisions are named by their ids in the new version, deleted ones by ``was-`` and the old id; ``top`` is what is
before Article 1. A change is listed under the innermost provision that it is in: the words of an article that are in no
inner provision (title, unmarked paragraphs, tables) belong to the article.

``amended``: the words of this very provision, its title, or the target of a link in it. ``renumbered``: its id, but not
its place among the siblings that are in both versions. ``moved``: its id and that place, or it came out of another article.
A provision whose id changed only with that of its article is not listed.

Every version changes its date, in the preamble and in the article on changes to the policy.
"""

from __future__ import annotations

ADJACENT: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("1.0", "1.1"): {
        "top": ("amended",),  # number and date
        "art-4-para-1-point-1": ("amended",),  # 30 days -> 60 days
        "art-6-para-2": ("amended",),  # a date
        "art-7-para-2": ("amended",),  # denies -> refuses; not so in SAY_REFUSE
        "art-9": ("amended",),  # date
    },
    ("1.1", "1.2"): {
        "top": ("amended",),
        "art-4-para-2": ("amended",),  # in its table a row more, and 1 year -> 2 years
        "art-7-para-1-point-4": ("inserted",),  # at the end of the list
        # art-8 has its lines broken elsewhere in the source, which is not a change.
        "art-9": ("amended",),
    },
    ("1.2", "2.0"): {
        "top": ("amended",),
        "art-3-point-2": ("inserted",),  # in the middle of the list
        "art-3-point-3": ("renumbered",),
        "art-3-point-4": ("renumbered",),
        "art-4-para-1": ("amended",),  # Article 7 -> Article 8
        "art-5": ("inserted",),
        "art-5-para-1": ("inserted",),
        "art-5-para-1-point-1": ("inserted",),
        "art-5-para-1-point-2": ("inserted",),
        "art-5-para-2": ("inserted",),
        "art-6": ("renumbered",),
        "art-7": ("renumbered",),
        "art-8": ("renumbered",),
        "art-9": ("amended", "renumbered"),  # Article 7 -> Article 8
        "art-10": ("amended", "renumbered"),  # date
    },
    ("2.0", "2.1"): {
        "top": ("amended",),
        "art-9": ("amended",),  # a paragraph more, at its end
        "art-10": ("amended",),
    },
    ("2.1", "3.0"): {
        "top": ("amended",),
        # The first part of the article that was split: "from users"; its points 3 and 4 went to the second part.
        "art-2": ("amended",),
        # The second part: out of art-2, with a title and an introduction of its own.
        "art-3": ("amended", "moved"),
        "art-3-point-1": ("moved",),  # art-2-point-3
        "art-3-point-2": ("moved",),  # art-2-point-4
        "art-4-para-1": ("amended",),  # Article 8 -> Article 7
        "was-art-7": ("deleted",),
        "was-art-7-para-1": ("deleted",),
        "was-art-7-para-2": ("deleted",),
        "art-7": ("amended", "renumbered"),  # the title
        "art-7-para-2": ("amended",),  # Article 3 -> Article 9
        "art-8": ("amended", "renumbered"),  # Article 8 -> Article 7
        "art-9": ("moved",),  # art-3, past six others
        "art-10": ("amended",),
    },
    ("3.0", "3.1"): {
        "top": ("amended",),
        "art-1": ("amended",),  # a sentence less, in the middle of a paragraph
        "art-6": ("amended",),  # a column more
        "art-7-para-3": ("amended",),  # the target of a link; the words are the same
        "art-10": ("amended",),
    },
    ("3.1", "3.2"): {
        "top": ("amended",),
        "art-7-para-2": ("amended",),  # within 10 days -> by e-mail within 7 business days
        "art-10": ("amended",),
        "add-1": ("inserted",),
        "add-1-para-1": ("inserted",),
        "add-1-para-2": ("inserted",),
    },
    # 4.0 is a draft: it is there only with POLICYSITE_DRAFTS=1.
    ("3.2", "4.0"): {
        "top": ("amended",),
        "art-6": ("amended",),  # once a year -> twice a year
        "art-10": ("amended",),
        "art-11": ("inserted",),
        "art-11-para-1": ("inserted",),
        "art-11-para-2": ("inserted",),
    },
}
"""The older and the newer of two neighbouring versions, and what became of the provisions."""

KOREAN_DIFFERS: dict[tuple[str, str], tuple[str, ...]] = {
    # "denies" and "refuses" are both 거절하다.
    ("1.0", "1.1"): ("art-7-para-2",),
    ("1.1", "1.2"): (),
    ("1.2", "2.0"): (),
    ("2.0", "2.1"): (),
    ("2.1", "3.0"): (),
    ("3.0", "3.1"): (),
    ("3.1", "3.2"): (),
    # art-6 and art-10 of the draft are fuzzy, art-11 and art-11-para-2 empty: they are there in English.
    ("3.2", "4.0"): (),
}
"""The provisions whose Korean words stayed although the English ones changed."""
SAY_REFUSE = {"ko", "ja", "de", "ar"}
"""The translations that have one word for "denies" and "refuses"; the others changed with the English text."""
