"""Page-shaped reads of records: what is chosen and drafted, what was issued, what stands around a meeting."""

from apps.records.queries.meetings import head_again, head_proposed, people_again, people_proposed
from apps.records.queries.records import (
    Choosable,
    Shown,
    choosable,
    drafted,
    drafted_again,
    messages_chosen,
    person_said,
    shown,
)

__all__ = [
    "Choosable",
    "Shown",
    "choosable",
    "drafted",
    "drafted_again",
    "head_again",
    "head_proposed",
    "messages_chosen",
    "people_again",
    "people_proposed",
    "person_said",
    "shown",
]
