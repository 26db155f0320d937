"""Page-shaped reads."""

from apps.facilities.queries.board import Board, Row, Wanted, board, ranked
from apps.facilities.queries.facilities import (
    MOST_ANSWERS,
    districts_with_facilities,
    facilities_found,
    history_of,
    newest_answer,
    services_to_pick,
)

__all__ = [
    "MOST_ANSWERS",
    "Board",
    "Row",
    "Wanted",
    "board",
    "districts_with_facilities",
    "facilities_found",
    "history_of",
    "newest_answer",
    "ranked",
    "services_to_pick",
]
