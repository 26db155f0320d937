"""More than anybody should send: read and thrown away, answered with a sentence, nothing stored."""

import http.client
from contextlib import closing, suppress

import pytest

from apps.accounts import actions as accounts
from apps.rooms.models import Message
from tests.live import session_cookie

MEGABYTE = b"a" * (1024 * 1024)


def send(live, path: str, megabytes: int, headers: dict[str, str]) -> tuple[int, str]:
    with closing(http.client.HTTPConnection(live.host, timeout=60)) as line:
        line.putrequest("POST", path)
        for name, value in {"Content-Length": str(megabytes * len(MEGABYTE)), **headers}.items():
            line.putheader(name, value)
        line.endheaders()
        for _ in range(megabytes):
            line.send(MEGABYTE)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("megabytes", [3, 200])
@pytest.mark.parametrize(
    ("prefix", "type_"), [("", "application/x-www-form-urlencoded"), ("/api/v1", "application/json")]
)
def test_a_paste_beyond_all_bounds_is_answered_with_a_sentence(cast, live, megabytes, prefix, type_):
    headers = {"Content-Type": type_, "Accept-Language": "en"}
    if prefix:
        accounts.enrol_authenticator_app(user=cast.sato.user, secret="JBSWY3DPEHPK3PXP" * 2, by=None)
        device = accounts.register_device(user=cast.sato.user, name="test", by=cast.sato.user)
        headers["Authorization"] = f"Bearer {device.token}"
    else:
        cookie = session_cookie(cast.sato.user)
        headers["Cookie"] = f"{cookie['name']}={cookie['value']}"

    status, body = send(live, f"{prefix}/e/sakuragawa-care/rooms/{cast.room.pk}/messages/", megabytes, headers)

    assert 400 <= status < 500
    assert "Please" in body
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_body_of_undeclared_size_is_cut_off_at_the_bound(live):
    with (
        closing(http.client.HTTPConnection(live.host, timeout=60)) as line,
        suppress(http.client.HTTPException, OSError),
    ):
        line.request("POST", "/accounts/login/", body=iter([MEGABYTE] * 64), encode_chunked=True)
        assert line.getresponse().status >= 400

    with closing(http.client.HTTPConnection(live.host, timeout=60)) as line:
        line.request("GET", "/healthz/")
        assert line.getresponse().status == 200
