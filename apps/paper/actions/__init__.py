"""The verbs: make, print, replace and void sheets; take in, read, match and settle scans."""

from apps.paper.actions.scans import confirm_scan, match_scan, put_aside, read_scan, take_files, take_scans
from apps.paper.actions.sheets import answer_sheet, make_sheet, print_sheets, replace_sheet, void_sheet

__all__ = [
    "answer_sheet",
    "confirm_scan",
    "make_sheet",
    "match_scan",
    "print_sheets",
    "put_aside",
    "read_scan",
    "replace_sheet",
    "take_files",
    "take_scans",
    "void_sheet",
]
