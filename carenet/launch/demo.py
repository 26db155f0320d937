"""The demonstration: everything carenet needs on one machine, until Ctrl-C."""

import fcntl
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from carenet.launch import processes
from carenet.launch.environment import PROJECT, PYTHON
from carenet.launch.messages import compile_messages
from carenet.launch.postgres import Postgres
from carenet.launch.processes import Child
from carenet.launch.roles import APPLICATION, DATABASE, OWNER, have_roles_and_database
from carenet.launch.words import Trouble, doing, done, plain

HOME = PROJECT / ".carenet"
DATA = Postgres(HOME / "postgres", {"max_connections": "60", "timezone": "Asia/Tokyo"})
NOTES = HOME / "demo.processes"
SECONDS_TO_START = 60


def run_demo(*, afresh: bool) -> int:
    """Bring everything up, say where it is, and take everything down when asked to."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, interrupt)
    HOME.mkdir(exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(alone())
        processes.stop_left_behind(NOTES, program=str(PYTHON))
        if afresh:
            forget()
        port = os.environ.get("PORT", "8000")
        check_port(port)
        environ = {**os.environ, **stack.enter_context(database()), "CARENET_DEMO": "1", "PORT": port}
        children = stack.enter_context(serving(environ))
        plain(f"\n  carenet is at http://localhost:{port} — Ctrl-C stops it.\n")
        stay(children)
    done("Stopped. The data is kept.")
    return 0


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def alone() -> Iterator[None]:
    """Only one demo in this directory; the operating system frees the lock of a launcher that was killed."""
    with (HOME / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("The demo is already running from this directory; please stop that one first.") from None
        yield


def forget() -> None:
    """Remove the demo's data, and nothing that somebody named in DATABASE_URL."""
    if "DATABASE_URL" in os.environ:
        raise Trouble("DATABASE_URL names a database of yours, which this command will not empty.")

    DATA.stop()
    shutil.rmtree(DATA.place, ignore_errors=True)
    done("The demo's data is gone.")


def check_port(port: str) -> None:
    """Whatever a killed server held may take a moment to be free."""
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise Trouble("PORT must be a number below 65536, such as PORT=8001.")

    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise Trouble(
                f"Port {port} cannot be used ({os.strerror(error.errno or 0)}); please choose another: PORT=8001 make demo."
            ) from None


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """The database somebody named, or the project's own for as long as the demo runs; as environment variables."""
    if "DATABASE_URL" in os.environ:
        done("The database is the one that DATABASE_URL names.")
        yield {}
        return

    try:
        DATA.start()
        have_roles_and_database(DATA.url("postgres", user="postgres"))
        done(f"PostgreSQL {DATA.major} runs, with its data in {shown(DATA.place)}.")
        yield {
            "DATABASE_URL": DATA.url(DATABASE, user=APPLICATION),
            "DATABASE_OWNER_URL": DATA.url(DATABASE, user=OWNER),
        }
    finally:
        without_interruption()
        DATA.stop()


@contextmanager
def serving(environ: dict[str, str]) -> Iterator[list[Child]]:
    """The server and the worker, on a database that is up to date and filled."""
    if compile_messages():
        done("The translations are compiled.")
    run(["-m", "carenet.launch.prepare"], {**environ, "CARENET_AS_OWNER": "1"}, what="The migrations")
    done("The database is up to date.")

    children: list[Child] = []
    try:
        children.append(start("web server", ["-m", "carenet.server"], environ))
        children.append(start("worker", ["-m", "carenet.worker"], environ))
        # While the server starts: nobody is told of it before both are there.
        run(["-m", "carenet.launch.prepare", "fill"], environ, what="The directory and the demonstration")
        wait_until_it_answers(environ["PORT"], children)
        yield children
    finally:
        without_interruption()
        for child in children:
            child.stop()
        NOTES.unlink(missing_ok=True)


def start(name: str, words: list[str], environ: dict[str, str], *, is_quiet: bool = True) -> Child:
    return processes.start(name, [str(PYTHON), *words], environ=environ, cwd=PROJECT, notes=NOTES, is_quiet=is_quiet)


def run(words: list[str], environ: dict[str, str], *, what: str) -> None:
    """Run one step; what it says is said to the person."""
    step = start(what, words, environ, is_quiet=False)
    try:
        status = step.process.wait()
    finally:
        step.stop()
    if status:
        raise Trouble(f"{what} could not be prepared; the reason is above.")


def wait_until_it_answers(port: str, children: list[Child]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        check_alive(children)
        try:
            urllib.request.urlopen(f"http://localhost:{port}/healthz/", timeout=5).close()
        except urllib.error.HTTPError as answer:
            # It answers; that the worker has not reported yet is no reason to wait.
            answer.close()
            return
        except OSError:
            if time.monotonic() > until:
                raise Trouble("The server does not answer; what it said is above.") from None
            time.sleep(0.1)
        else:
            return


def stay(children: list[Child]) -> None:
    """Stay until Ctrl-C, or until a part has ended by itself."""
    try:
        while True:
            check_alive(children)
            if "DATABASE_URL" not in os.environ and not DATA.is_alive():
                raise Trouble("PostgreSQL has ended, so everything stops; 'make demo' starts again with all data.")
            time.sleep(0.5)
    except KeyboardInterrupt:
        doing("Stopping")


def check_alive(children: list[Child]) -> None:
    for child in children:
        if child.ended is not None:
            raise Trouble(
                f"The {child.name} has ended (status {child.ended}), so everything stops; "
                "'make demo' starts again with all data."
            )


def without_interruption() -> None:
    """From here on everything is taken down; a second Ctrl-C must not leave half of it."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)


def shown(path: Path) -> str:
    return str(path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path)
