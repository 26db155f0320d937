"""Records on paper and as tables: each form has its own sheet and rows; what a table promises is the same for both."""

from django.utils.translation import override

from apps.kernel.tables import in_cp932, in_utf8, unwritable_in, written
from apps.records.papers import meetings, progress
from apps.records.papers.lines import overtaken_said
from apps.records.queries import Shown

__all__ = ["csv_cp932", "csv_utf8", "overtaken_said", "sheet", "unwritable"]


def table(shown: Shown) -> str:
    """In Japanese, as the national forms are, whatever language the reader's pages speak."""
    form = meetings if shown.record.is_of_meeting else progress
    with override("ja"):
        return written([form.HEAD, *form.rows(shown)])


def csv_utf8(shown: Shown) -> bytes:
    return in_utf8(table(shown))


def csv_cp932(shown: Shown) -> bytes:
    """For programs that read nothing else; `unwritable` says which characters it cannot hold."""
    return in_cp932(table(shown))


def unwritable(shown: Shown) -> list[str]:
    """The characters of a record that CP932 does not have, each once, in the order in which they stand."""
    return unwritable_in(table(shown))


def sheet(shown: Shown) -> bytes:
    """A4, as many sides as it takes, each with client, planner, number and version."""
    return (meetings if shown.record.is_of_meeting else progress).sheet(shown)
