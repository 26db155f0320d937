"""A reply as results know it: who answered, how, and what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext


@dataclass(frozen=True)
class GivenFile:
    """A file of an answer. `path` is empty while it cannot be opened; `trouble` says why."""

    number: int
    name: str
    path: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Given:
    """One office. `answers` are the values (values.py) by number of question; `sent_at` is empty where it has not answered.

    `files` are by id; to whom they are not opened, there are none of them here, and their number is told.
    """

    number: int
    name: str
    kind: str = ""
    channel: str = ""
    is_proxy: bool = False
    sent_at: datetime | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    files: Mapping[str, GivenFile] = field(default_factory=dict)
    # Where it lies, as far as its address says so (areas.py).
    area: str = ""

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    def files_at(self, question: int) -> tuple[GivenFile, ...]:
        """Those that stand in the answer to this question, in their order."""
        return tuple(self.files[one] for one in self.answers.get(question) or [] if one in self.files)


class NamedFiles(str):
    """The names of files as one cell; what a page needs to lead to them goes with it."""

    __slots__ = ("files",)
    files: tuple[GivenFile, ...]


def files_said(question: int, reply: Given) -> str:
    """Their names, or how many they are where they are not opened to the reader; nothing where there are none."""
    told, files = reply.answers.get(question) or [], reply.files_at(question)
    count = ngettext("%(count)s file", "%(count)s files", len(told)) % {"count": len(told)}
    said = NamedFiles(" / ".join(one.name for one in files) if files else count if told else "")
    said.files = files
    return said
