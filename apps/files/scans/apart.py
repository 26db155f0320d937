"""Has a file looked at in a process of its own, with bounds on memory and time: what breaks there breaks nothing else."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from apps.files import refusals
from apps.files.kinds import GIGABYTE
from apps.files.refusals import FileRefused, FileUnreadable
from apps.files.scans.looking import Drawing, Found

SECONDS = 300
SECONDS_OF_WORK = 240
MEMORY = 4 * GIGABYTE
WRITTEN = 4 * GIGABYTE
CODES = {one.code: one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, FileRefused)}


def looked_at(source: Path, name: str, folder: Path) -> Found:
    """What the file is, its drawings in `folder`; or the FileRefused that says why it is not kept.

    A process that crashes, takes too long or wants too much memory has met a file that is broken, or meant to break.
    """
    words = [sys.executable, "-m", "apps.files.scans.looking", str(source), name, str(folder)]
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8", "PATH": os.defpath},
            preexec_fn=bounded,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise FileUnreadable from error
    if "refused" in answer:
        raise CODES[answer["refused"]](**answer["words"])
    return Found(**{**answer, "drawings": [Drawing(**one) for one in answer["drawings"]]})


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
