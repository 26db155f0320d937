"""Heads leave the database: into a file, by mail, into the ledgers of others."""

import json

import pytest
from django.core import mail

from apps.audit import actions as audit
from apps.audit import anchors, tasks
from apps.audit.models import Entry, TreeHead
from apps.audit.places import standing_in
from apps.audit.sealer import Sealer
from apps.audit.seals import seal_all, sign_head
from carenet.mail import mail_from, watchers_from
from tests.audit.deeds import done


@pytest.fixture
def folder(settings, tmp_path):
    settings.LEDGER_ANCHORS = str(tmp_path)
    return tmp_path


def signed(cast, many=1):
    done(cast, many)
    seal_all()
    return sign_head()


def sizes(folder, cast):
    return [json.loads(line)["size"] for line in (folder / f"{cast.environment.pk}.ndjson").read_text().splitlines()]


def test_each_head_is_appended_once(cast, folder):
    first = signed(cast)
    assert anchors.anchor() == 1
    second = signed(cast)
    assert anchors.anchor() == 1
    assert anchors.anchor() == 0

    assert sizes(folder, cast) == [first.size, second.size]


def test_what_was_left_out_is_appended_later_behind_a_line_that_was_cut_off(cast, folder):
    signed(cast)
    anchors.anchor()
    path = folder / f"{cast.environment.pk}.ndjson"
    before = path.read_bytes()
    path.write_bytes(before + before[:40])
    signed(cast)
    signed(cast)

    assert anchors.anchor() == 2
    assert path.read_bytes().startswith(before + before[:40] + b"\n{")


def test_without_a_folder_nothing_is_written(cast, settings):
    settings.LEDGER_ANCHORS = ""
    signed(cast)

    assert anchors.anchor() == 0


def test_the_sealer_writes_what_it_signs_and_a_missing_folder_does_not_stop_it(
    transactional_db, cast, folder, settings, caplog
):
    done(cast, 1)
    settings.LEDGER_ANCHORS = str(folder / "missing")
    Sealer().turn()
    assert TreeHead.objects.count() == 1
    assert "could not be written" in caplog.text

    settings.LEDGER_ANCHORS = str(folder)
    anchors.anchor()
    assert sizes(folder, cast) == [TreeHead.objects.get().size]


def test_those_who_watch_a_ledger_are_mailed_its_newest_head_and_no_other(cast, settings):
    settings.EMAIL_HOST = "mail.example.jp"
    settings.LEDGER_MAIL = watchers_from([f"{cast.environment.pk}=kansa@example.jp"])
    head = signed(cast)
    with standing_in(cast.elsewhere.pk):
        audit.record(verb="tests.done", by=cast.watanabe)
        seal_all()
        sign_head()

    tasks.mail_heads(0)

    [sent] = mail.outbox
    assert sent.to == ["kansa@example.jp"]
    assert json.loads(sent.body.splitlines()[-1]) == anchors.head_line(head)
    assert str(cast.elsewhere.pk) not in sent.body


def test_without_a_mail_server_nothing_is_sent(cast, settings):
    settings.LEDGER_MAIL = {str(cast.environment.pk): ["kansa@example.jp"]}
    signed(cast)

    assert anchors.mail_head() == 0


def test_places_bear_witness_to_one_another(cast):
    head = signed(cast)
    with standing_in(None):
        audit.record(verb="tests.done", by=None)
        seal_all()
        outside = sign_head()

    tasks.bear_witness(0)

    assert Entry.objects.get(verb="audit.witnessed").detail == anchors.head_line(outside)
    with standing_in(None):
        assert Entry.objects.get(verb="audit.witnessed").detail == anchors.head_line(head)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("", ("", 25, "", "", False)),
        ("smtp://care:p%40ss@mail.example.jp", ("mail.example.jp", 587, "care", "p@ss", False)),
        ("smtps://mail.example.jp:4650", ("mail.example.jp", 4650, "", "", True)),
    ],
)
def test_a_mail_server_is_named_by_an_address(url, found):
    assert mail_from(url) == found


@pytest.mark.parametrize("url", ["mail.example.jp", "http://mail.example.jp", "smtp://"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="CARENET_SMTP"):
        mail_from(url)


def test_whoever_watches_has_an_address():
    with pytest.raises(ValueError, match="CARENET_LEDGER_MAIL"):
        watchers_from(["kansa@example.jp"])
