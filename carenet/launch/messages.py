"""Collects the sentences of the sources, and compiles their catalogues with Babel: nobody needs gettext to run carenet."""

import os
import shutil
import subprocess
from pathlib import Path

from carenet.launch.environment import PROJECT, PYTHON
from carenet.launch.words import Trouble, done

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


def collect_messages() -> int:
    """Bring the catalogue up to date with the sources; what is new waits there to be said in Japanese."""
    if shutil.which("xgettext") is None:
        raise Trouble("gettext is missing: please run 'apt-get install -y gettext'.")
    subprocess.run(
        [PYTHON, "manage.py", "makemessages"], cwd=PROJECT, env={**os.environ, "CARENET_DEMO": "1"}, check=True
    )
    done("Collected. What has no Japanese yet stands empty in carenet/locale/ja.")
    return 0
