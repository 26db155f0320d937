"""Compiles the catalogues of sentences with Babel, so that nobody needs gettext to run carenet."""

import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_messages() -> list[Path]:
    """Write every catalogue that is older than its sentences; return those written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for sentences in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = sentences.with_suffix(".mo")
        if catalogue.exists() and catalogue.stat().st_mtime >= sentences.stat().st_mtime:
            continue
        with sentences.open("rb") as source:
            words = read_po(source, locale=sentences.parent.parent.name)
        # Put in place whole: another process may be reading, or compiling too.
        draft = catalogue.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as target:
            write_mo(target, words)
        draft.replace(catalogue)
        written.append(catalogue)
    return written
