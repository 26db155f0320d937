"""With a virus scanner nothing is readable before it has spoken; without one it is said that nobody has looked."""

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from apps.files import actions, tasks
from apps.files.models import FileState, StoredFile
from apps.files.queries import why_refused
from tests.files.sending import sent

# Harmless by agreement of all makers (eicar.org); put together here so that this file is not found by a scanner.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """The other side of the protocol: reads the stream as clamd does, and answers in its words."""

    def __init__(self) -> None:
        self.line = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    @property
    def at(self) -> str:
        return f"tcp://127.0.0.1:{self.line.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", stream.read(4))[0]:
                    content += stream.read(size)
                caller.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")

    def stop(self) -> None:
        self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()
        self.thread.join(5)


@pytest.fixture
def scanner(settings) -> Iterator[Scanner]:
    here = Scanner()
    settings.CLAMAV = here.at
    yield here
    here.stop()


def test_what_the_scanner_finds_is_thrown_away_and_what_it_passes_is_ready(cast, scanner):
    clean, infected = sent(b"memo", "a.txt", by=cast.sato), sent(EICAR, "b.txt", by=cast.sato)

    assert (clean.state, clean.scanned_at is not None) == (FileState.READY, True)
    assert (infected.state, infected.reason, infected.stored_as) == (FileState.REFUSED, "file_infected", "")
    assert "ウイルス" in why_refused(infected)


def test_while_the_scanner_is_away_a_file_waits_and_is_taken_up_later(cast, scanner, settings):
    settings.CLAMAV = "tcp://127.0.0.1:1"
    file = sent(b"memo", "a.txt", by=cast.sato)
    assert (file.state, file.stored_as) == (FileState.WAITING, "")
    assert file.get_state_display() == "ウイルス検査を待っています"

    settings.CLAMAV = scanner.at
    actions.look_at(file_id=file.pk)

    assert StoredFile.objects.get().state == FileState.READY


def test_what_waits_is_put_into_the_queue_again(cast, settings):
    from datetime import timedelta

    import time_machine
    from django.db import connection
    from django.utils import timezone

    settings.CLAMAV = "tcp://127.0.0.1:1"
    file = sent(b"memo", "a.txt", by=cast.sato)

    def queued() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queueing_lock = %s", [f"file {file.pk}"])
            return int(cursor.fetchone()[0])

    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        tasks.look_again(0)
        tasks.look_again(0)

    assert queued() == 1


def test_without_a_scanner_it_is_said_that_nobody_has_looked(cast, settings):
    settings.CLAMAV = ""

    file = sent(b"memo", "a.txt", by=cast.sato)

    assert (file.state, file.scanned_at) == (FileState.READY, None)
