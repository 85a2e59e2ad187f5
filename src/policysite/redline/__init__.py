"""The redline: what differs between two versions of a policy.

Provisions are aligned by their ids and the ``moved`` records, then the blocks of each, then the words of a block.
The pages compute the same in the browser for versions that no page compares (``assets/scripts/redline.js``);
tests keep both the same.
"""

from policysite.redline.alignment import compare
from policysite.redline.block_changes import BlockChange, CellChange, block_changes
from policysite.redline.facing_rows import (
    FacingRow,
    SentenceNote,
    facing_rows,
    sentence_note,
    touched_words,
)
from policysite.redline.provision_changes import (
    ArticleChange,
    ChangeKind,
    Comparison,
    ProvisionChange,
    Row,
)
from policysite.redline.provision_history import (
    HistoryEntry,
    ProvisionHistories,
    ProvisionHistory,
    State,
    Step,
    step,
)
from policysite.redline.two_texts import TwoTexts
from policysite.redline.word_changes import Change, Op, word_changes

__all__ = [
    "ArticleChange",
    "BlockChange",
    "CellChange",
    "Change",
    "ChangeKind",
    "Comparison",
    "FacingRow",
    "HistoryEntry",
    "Op",
    "ProvisionChange",
    "ProvisionHistories",
    "ProvisionHistory",
    "Row",
    "SentenceNote",
    "State",
    "Step",
    "TwoTexts",
    "block_changes",
    "compare",
    "facing_rows",
    "sentence_note",
    "step",
    "touched_words",
    "word_changes",
]
