"""Who may read the ledger: auditors all of it, a family what concerns the one client whose code they hold."""

from apps.oversight.access.auditors import (
    can_read_ledger,
    check_can_read_ledger,
    entries_visible_to,
    export_for,
    exports_visible_to,
    question_for,
    questions_of,
    unusual_for,
)
from apps.oversight.access.family import (
    can_answer,
    check_can_answer,
    check_can_hand_out,
    code_for,
    code_typed,
    codes_of,
    entries_for_family,
    environment_of_code,
    family_question_for,
    family_questions_for,
    people_who_answer,
)

__all__ = [
    "can_answer",
    "can_read_ledger",
    "check_can_answer",
    "check_can_hand_out",
    "check_can_read_ledger",
    "code_for",
    "code_typed",
    "codes_of",
    "entries_for_family",
    "entries_visible_to",
    "environment_of_code",
    "export_for",
    "exports_visible_to",
    "family_question_for",
    "family_questions_for",
    "people_who_answer",
    "question_for",
    "questions_of",
    "unusual_for",
]
