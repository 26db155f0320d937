"""A reply as results know it: who answered, how, and what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Given:
    """One office. `answers` are the values (values.py) by number of question; `sent_at` is empty where it has not answered."""

    number: int
    name: str
    kind: str = ""
    channel: str = ""
    is_proxy: bool = False
    sent_at: datetime | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None
