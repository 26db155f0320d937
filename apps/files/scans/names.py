"""What a file is called: as its sender wrote it, without what deceives the eye or leads into another folder."""

import unicodedata
from pathlib import PurePosixPath

from apps.files.kinds import Format
from apps.files.refusals import FileIsSomethingElse

LONGEST = 120
# What some systems cannot store, or read as something else than a sign of a name.
FORBIDDEN = frozenset('<>:"/\\|?*')


def plain_name(name: str) -> str:
    """The last part of a name in composed form, without signs that turn the reading direction or cannot be seen.

    A long name loses its middle and keeps its ending, so that `contract.pdf.exe` never looks like `contract.pdf`.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join("_" if sign in FORBIDDEN else sign for sign in last if sign.isprintable())
    shown = " ".join(shown.split()).strip(". ")
    if len(shown) <= LONGEST:
        return shown
    ending = PurePosixPath(shown).suffix[-12:]
    return shown[: LONGEST - len(ending) - 1].rstrip(". ") + "…" + ending


def name_as(name: str, found: Format, *, becomes: Format | None = None) -> str:
    """The name with an ending that is true; refused is one that claims something else."""
    ending = PurePosixPath(name).suffix.lower()
    if ending and ending not in found.endings and looks_like_an_ending(ending):
        raise FileIsSomethingElse(found=found.label)
    right = becomes or found
    if ending in right.endings:
        return name
    stem = name[: -len(ending)] if ending in found.endings and ending else name
    return f"{stem or 'file'}{right.endings[0]}"


def looks_like_an_ending(ending: str) -> bool:
    """`.2026` at the end of a date is none, `.exe` is."""
    return ending[1:].isascii() and ending[1:].isalnum() and not ending[1:].isdigit() and len(ending) <= 9
