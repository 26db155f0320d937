"""Processes: children that end with the launcher, and those that a dead launcher left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_END = 10
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    """A program that runs until it is asked to stop."""

    name: str
    process: subprocess.Popen[bytes]

    @property
    def ended(self) -> int | None:
        return self.process.poll()

    def stop(self) -> None:
        """Ask it to end; insist after ten seconds."""
        if self.ended is None:
            self.process.terminate()
            try:
                self.process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def start(name: str, words: list[str], *, environ: Mapping[str, str], cwd: Path, notes: Path, is_quiet: bool) -> Child:
    """Start a child and note its number in `notes`, for the run after a kill -9. A quiet one only tells errors."""
    process = subprocess.Popen(
        words,
        env=dict(environ),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if is_quiet else None,
        # In a session of its own: Ctrl-C in the terminal reaches the launcher alone, which ends things in order.
        start_new_session=True,
        preexec_fn=end_with_the_launcher,  # noqa: PLW1509 - the launcher has no threads
    )
    with notes.open("a") as file:
        file.write(f"{process.pid}\n")
    return Child(name, process)


def end_with_the_launcher() -> None:
    """On Linux the kernel ends the child when the launcher is gone, however it went."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_left_behind(notes: Path, *, program: str) -> None:
    """End the children of a launcher that died, if their numbers still belong to this project's `program`."""
    if not notes.exists():
        return

    pids = [int(line) for line in notes.read_text().split() if line.isdigit()]
    until = time.monotonic() + SECONDS_TO_END
    for pid in pids:
        while program in command_line(pid):
            os.kill(pid, signal.SIGTERM if time.monotonic() < until else signal.SIGKILL)
            time.sleep(0.1)
    notes.unlink()


def command_line(pid: int) -> str:
    """The words the process was started with; empty when there is no such process."""
    # A bare Debian has no `ps`; a Mac has no /proc.
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    else:
        answer = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return answer.stdout
