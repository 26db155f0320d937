"""How pages are answered: in one of a few threads each, and what waits takes none of them."""

import threading
import urllib.request

import pytest
from asgiref.sync import iscoroutinefunction

from carenet.pages import THREADS, InOneThread, Pages
from tests.live import session_cookie, until_listening
from tests.saying import say


def test_no_middleware_sends_a_request_from_thread_to_thread():
    assert not iscoroutinefunction(InOneThread()._middleware_chain)


def test_there_are_no_more_threads_than_connections():
    assert Pages()._threads._max_workers == THREADS


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_message_keeps_nobody_from_a_page(cast, live):
    say(cast.room, cast.sato, "お待ちしています。")
    cookie = session_cookie(cast.sato.user)
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}
    base, done = f"{live.url}/e/{cast.environment.slug}/", []

    def get(path):
        with urllib.request.urlopen(urllib.request.Request(f"{base}{path}", headers=headers)) as answer:
            return answer.status

    def wait():
        done.append(get(f"rooms/{cast.room.pk}/messages/?after=1&wait=15"))

    waiting = [threading.Thread(target=wait) for _ in range(THREADS + 2)]
    for one in waiting:
        one.start()
    until_listening(cast.room, len(waiting))

    assert {get("clients/") for _ in range(3)} == {200}
    assert done == []
    say(cast.room, cast.sato, "着きました。")
    for one in waiting:
        one.join()
    assert done == [200] * len(waiting)
