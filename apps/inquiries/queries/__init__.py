"""Page-shaped reads."""

from apps.inquiries.queries.asked import (
    Part,
    Target,
    answers_of,
    asked_rows,
    findings_in,
    groups_to_ask,
    marked,
    own_rows,
    reply_of,
    shown,
    targets_named,
    unanswered_count,
)
from apps.inquiries.queries.unmet import ADULT, FEWEST, Unmet, beside_inquiries, unmet_need, unmet_table

__all__ = [
    "ADULT",
    "FEWEST",
    "Part",
    "Target",
    "Unmet",
    "answers_of",
    "asked_rows",
    "beside_inquiries",
    "findings_in",
    "groups_to_ask",
    "marked",
    "own_rows",
    "reply_of",
    "shown",
    "targets_named",
    "unanswered_count",
    "unmet_need",
    "unmet_table",
]
