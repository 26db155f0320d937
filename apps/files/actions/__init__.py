"""The verbs: what changes a file, each in one transaction with its entry in the ledger."""

from apps.files.actions.keeping import (
    check_sent_again,
    discard_file,
    forget_files,
    keep_files,
    reserve_files,
    reserve_longer,
    set_limits,
    sweep,
)
from apps.files.actions.looking import look_at, waiting_files
from apps.files.actions.uploading import abandon_upload, add_piece, begin_upload, take_file

__all__ = [
    "abandon_upload",
    "add_piece",
    "begin_upload",
    "check_sent_again",
    "discard_file",
    "forget_files",
    "keep_files",
    "look_at",
    "reserve_files",
    "reserve_longer",
    "set_limits",
    "sweep",
    "take_file",
    "waiting_files",
]
