"""A PostgreSQL of the project's own: in a private directory, on a unix socket, open to nobody else.

Data that lived through a kill -9 is found again; a server left behind by a dead launcher is taken over.
"""

import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from carenet.launch import binaries
from carenet.launch.processes import command_line
from carenet.launch.unprivileged import Runner, postgres_runner
from carenet.launch.words import Trouble

PORT = "5432"
# sockaddr_un holds 107 bytes on Linux and 103 elsewhere, the file's own name included.
LONGEST_SOCKET = 100
SECONDS_TO_START = 60
# After kill -9 the old server's shared memory stays busy until its last child has noticed.
SECONDS_TO_RECOVER = 15


@dataclass(frozen=True)
class Postgres:
    """One cluster, kept under `home`; `settings` are given to the server at every start."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def runner(self) -> Runner:
        return postgres_runner()

    @cached_property
    def place(self) -> Path:
        """`home`, or, when root keeps `home` where the user who runs PostgreSQL cannot go, a place of that user's own."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        if self.runner.may_enter(self.home.parent):
            return self.home
        else:
            return Path("/var/lib/carenet") / fingerprint(self.home)

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "server.log"

    @cached_property
    def socket(self) -> Path:
        """The directory of the socket, short enough for the operating system."""
        beside = self.place / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return beside
        else:
            return Path(tempfile.gettempdir()) / f"carenet-{os.geteuid()}-{fingerprint(self.place)}"

    @cached_property
    def programs(self) -> Path:
        return binaries.found(readable_for=self.runner, copies=self.place / "programs")

    def url(self, database: str, *, user: str) -> str:
        return f"postgres://{user}@/{database}?host={quote(str(self.socket), safe='/')}"

    def start(self) -> None:
        """Make the cluster if there is none, and have it run; nothing happens when it runs already."""
        self.runner.own_folder(self.place)
        self.runner.own_folder(self.socket)
        self._refuse_other_versions()
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if not self.is_running():
            self._start()

    def stop(self) -> None:
        """Stop the server if it runs; whoever is still connected is cut off."""
        if self.is_running():
            self._pg_ctl("stop", "-m", "fast", "-t", str(SECONDS_TO_START))

    def is_alive(self) -> bool:
        """Whether the process that the cluster names is there; cheap enough to ask all the time."""
        pid = self._pid()
        return pid is not None and serves(pid, self.data)

    def is_running(self) -> bool:
        """Whether that process takes connections to this cluster; a note left by another one is thrown away."""
        pid = self._pid()
        if pid is None:
            return False
        elif serves(pid, self.data):
            return self._pg_ctl("status").returncode == 0
        else:
            # After a kill and a restart of the machine the number may be somebody else's: PostgreSQL would not dare.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return False

    def _pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _refuse_other_versions(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists() and version.read_text().strip() != str(self.major):
            raise Trouble(
                f"The data in {self.place} was written by PostgreSQL {version.read_text().strip()} and this is "
                f"{self.major}; run 'make demo-reset' to start afresh."
            )

    @cached_property
    def major(self) -> int:
        answer = self._run("postgres", "--version")
        return int(answer.stdout.split()[2].split(".")[0])

    def _make(self) -> None:
        # pg_trgm and lower() know no Japanese under LC_CTYPE=C: the type of characters must be UTF-8.
        if self.major >= 17:
            words = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
        else:
            words = ["--locale=C.UTF-8"]
        # "trust" is safe here alone: no TCP port is open and the socket's directory is closed to everybody else.
        answer = self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", *words)
        if answer.returncode:
            raise Trouble(f"PostgreSQL could not make its data directory: {last_line(answer.stderr)}")

    def _start(self) -> None:
        settings = {"listen_addresses": "''", "unix_socket_directories": f"'{self.socket}'", **self.settings}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        until = time.monotonic() + SECONDS_TO_RECOVER
        while True:
            answer = self._pg_ctl("start", "-w", "-t", str(SECONDS_TO_START), "-l", str(self.log), "-o", options)
            if answer.returncode == 0:
                return
            if time.monotonic() > until:
                raise Trouble(f"PostgreSQL did not start; its last word in {self.log} was: {self._last_word()}")
            time.sleep(0.25)

    def _last_word(self) -> str:
        try:
            return last_line(self.log.read_text(errors="replace"))
        except FileNotFoundError:
            return "nothing"

    def _pg_ctl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", "-D", str(self.data), *words)

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        # The answer goes through files: a pipe would be kept open by the server that pg_ctl leaves behind.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            ended = subprocess.run(
                [self.programs / program, *words],
                cwd="/",
                env={**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                check=False,
                **self.runner.identity,
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(ended.args, ended.returncode, out.read(), err.read())


def serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server with this data directory."""
    words = command_line(pid)
    return "postgres" in words and str(data) in words


def fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["nothing"])[-1]
