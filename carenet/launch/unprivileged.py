"""PostgreSQL refuses to run as root: who runs it then, and whether that user can reach its files."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from carenet.launch.words import Trouble


class Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Runner:
    """The user who runs PostgreSQL."""

    uid: int
    gid: int
    is_somebody_else: bool

    @property
    def identity(self) -> Identity:
        """Arguments for `subprocess` that start a program as this user."""
        if self.is_somebody_else:
            return {"user": self.uid, "group": self.gid, "extra_groups": []}
        else:
            return {}

    def may_enter(self, folder: Path) -> bool:
        """Whether the folder, if it exists, and everything above it lets this user through."""
        if not self.is_somebody_else:
            return True

        return all(self._passes(step) for step in (folder, *folder.parents) if step.exists())

    def _passes(self, folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & 0o100)
        elif facts.st_gid == self.gid:
            return bool(facts.st_mode & 0o010)
        else:
            return bool(facts.st_mode & 0o001)

    def own_folder(self, folder: Path) -> Path:
        """Make the folder if need be, closed to everybody but this user. A stranger's folder of that name is refused."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {self.uid, os.geteuid()}:
            raise Trouble(f"{folder} belongs to somebody else; please remove it and run this again.")

        if self.is_somebody_else:
            shutil.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)
        return folder


def postgres_runner() -> Runner:
    """Oneself; for root the user `postgres` or, where there is none, `nobody`."""
    if os.geteuid():
        return Runner(uid=os.geteuid(), gid=os.getegid(), is_somebody_else=False)

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(uid=entry.pw_uid, gid=entry.pw_gid, is_somebody_else=True)
    raise Trouble("PostgreSQL does not run as root and this machine has no user 'nobody'; please run as a normal user.")
