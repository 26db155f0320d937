"""What an auditor takes out of the ledger: who may, with which proof, what is in it, and that nothing is left out."""

import csv
import hashlib
import io
import json
from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from fhir.resources.R4B.auditevent import AuditEvent

from apps.audit import actions as audit
from apps.audit.models import Entry, Leaf, TreeHead
from apps.audit.origin import Origin, coming_from
from apps.kernel.refusals import NotAllowed, NotHere
from apps.oversight import actions, queries, tasks
from apps.oversight.access import export_for
from apps.oversight.models import Export
from apps.oversight.refusals import ExportBeingMade, ExportNotThere
from tests.audit.deeds import done
from tests.browser import said
from tests.oversight.makers import make_export

PAGE = "/e/sakuragawa-care/ledger/exports/"


def taken(cast, form="csv", *, told=None, asked=None):
    """An export as it is when the worker has made it."""
    question = queries.asked_of(told or {})
    export = actions.ask_for_export(question=question, asked=asked or {}, form=form, by=cast.ishii)
    actions.make_export(export_id=export.pk)
    return export_for(cast.ishii, export.pk)


def bytes_of(export):
    with storages["exports"].open(export.stored_as) as file:
        return file.read()


def rows_of(export):
    return list(csv.reader(io.StringIO(bytes_of(export).decode("utf-8-sig"))))


def events_of(export):
    return [json.loads(line) for line in bytes_of(export).decode().splitlines()]


@pytest.fixture
def looked_at(cast):
    with coming_from(Origin(channel="page", address="192.0.2.7", agent="0123456789abcdef")):
        audit.opened(cast.hana, by=cast.sato)
    return cast


@pytest.mark.parametrize("person", ["ito", "sato", "tanaka", "kobayashi"])
def test_nobody_but_an_auditor_takes_entries_out(cast, browser_of, person):
    export, browser = make_export(cast.ishii), browser_of(cast[person])

    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, {"form": "csv", "span": "found"}).status_code == 403
    assert browser.get(f"{PAGE}{export.pk}/content/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=cast[person])
    with pytest.raises(NotHere):
        export_for(cast[person], export.pk)


def test_a_table_tells_who_did_what_when_from_where_and_why(looked_at):
    rows = rows_of(taken(looked_at))

    told = next(dict(zip(rows[0], row, strict=True)) for row in rows[1:] if "clients.opened" in row)
    assert told["氏名"] == "佐藤 花子"
    assert told["機関"] == "ひだまりケアプラン"
    assert (told["操作"], told["目的"], told["アクセス元"]) == ("利用者の記録を開きました", "支援", "192.0.2.7")
    assert told["利用者ID"] == str(looked_at.hana.pk)
    leaf = Leaf.objects.get(number=int(told["番号"]))
    assert told["記録のSHA-256"] == bytes(leaf.hash).hex()


def test_a_table_ends_with_its_count_and_the_hash_of_what_is_above(looked_at):
    export = taken(looked_at)
    content = bytes_of(export)
    assert content.startswith(b"\xef\xbb\xbf")

    above, _, last = content.removesuffix(b"\r\n").rpartition(b"\r\n")
    cells = last.decode().split(",")
    assert cells[1] == str(export.of) == str(len(rows_of(export)) - 2)
    assert cells[3] == hashlib.sha256(above + b"\r\n").hexdigest()
    assert cells[7] == bytes(TreeHead.objects.get(size=export.sealed).root).hex()


def test_nothing_is_left_out_however_much_it_is(cast):
    done(cast, 2_300)

    export = taken(cast)

    assert export.of == export.sealed >= 2_300
    assert [int(row[0]) for row in rows_of(export)[1:-1]] == list(range(1, export.sealed + 1))


def test_what_a_sealer_that_stood_still_has_left_is_in_it(cast, monkeypatch):
    monkeypatch.setattr("apps.audit.tree.LOOKED_AT", 5)
    done(cast, 40)

    assert taken(cast).of == 40


def test_what_is_written_after_it_was_asked_for_is_not_in_it(looked_at):
    export = actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=looked_at.ishii)
    audit.opened(looked_at.hana, by=looked_at.suzuki)
    actions.make_export(export_id=export.pk)

    export = export_for(looked_at.ishii, export.pk)
    assert str(looked_at.suzuki.pk) not in bytes_of(export).decode()
    assert export.of == export.sealed


def test_a_question_takes_out_what_it_finds(looked_at):
    audit.opened(looked_at.hana, by=looked_at.suzuki)

    export = taken(looked_at, told={"person": looked_at.sato.pk}, asked={"person": str(looked_at.sato.pk)})

    assert {row[17] for row in rows_of(export)[1:-1]} == {str(looked_at.sato.pk)}


def test_every_line_is_a_resource_that_the_library_accepts(looked_at):
    export = taken(looked_at, "fhir")
    events = events_of(export)

    for event in events:
        AuditEvent.model_validate(event)
    assert len(events) == export.of + 1
    assert len({event["id"] for event in events}) == len(events)


def event_of(cast, verb):
    export = taken(cast, "fhir")
    entry = Entry.objects.filter(verb=verb).latest("pk")
    return next(one for one in events_of(export) if one["id"] == f"entry-{entry.pk}")


def codes(*codings):
    return [coding["code"] for coding in codings]


def test_a_look_names_person_office_machine_client_and_purpose(looked_at):
    event = event_of(looked_at, "clients.opened")

    person, machine, service, office = event["agent"]
    assert person["requestor"] is True
    assert person["who"]["identifier"]["value"] == str(looked_at.sato.pk)
    assert person["role"][0]["coding"][0]["code"] == looked_at.sato.role
    assert "network" not in person
    assert machine["network"] == {"address": "192.0.2.7", "type": "2"}
    # BALP, Read: what is read flows from the service to the client.
    assert codes(machine["type"]["coding"][0], service["type"]["coding"][0]) == ["110152", "110153"]
    assert office["who"]["display"] == "ひだまりケアプラン"
    patients = [one for one in event["entity"] if one["role"]["code"] == "1"]
    assert [one["what"]["identifier"]["value"] for one in patients] == [str(looked_at.hana.pk)]
    assert codes(*event["purposeOfEvent"][0]["coding"]) == ["support", "TREAT"]
    assert (event["action"], event["outcome"], event["type"]["code"]) == ("R", "0", "rest")
    assert event["source"]["site"] == str(looked_at.environment.pk)


def test_a_search_bears_what_was_asked(looked_at):
    audit.record(verb="clients.searched", by=looked_at.sato, detail={"hits": 3, "q": ["id"]})

    event = event_of(looked_at, "clients.searched")

    query = next(one["query"] for one in event["entity"] if "query" in one)
    assert json.loads(b64decode(query)) == {"hits": 3, "q": ["id"]}
    assert (event["action"], event["subtype"][0]["code"]) == ("E", "search")
    machine, service = event["agent"][1:3]
    assert codes(machine["type"]["coding"][0], service["type"]["coding"][0]) == ["110153", "110152"]


@pytest.mark.parametrize(
    ("reason", "outcome"), [("not_here", "8"), ("not_allowed", "8"), ("locked_out", "12"), ("wrong_code", "4")]
)
def test_a_refusal_tells_how_serious_it_was(cast, reason, outcome):
    told = {"verb": "clients:client", "environment_id": cast.environment.pk, "channel": "page", "reason": reason}
    Entry(outcome="refused", **told).save(force_insert=True)

    event = event_of(cast, "clients:client")
    assert (event["outcome"], event["outcomeDesc"]) == (outcome, reason)


@pytest.mark.parametrize(
    ("verb", "action"),
    [
        *[
            ("clients.registered", "C"),
            ("clients.edited", "U"),
            ("rooms.message_removed", "D"),
            ("clients.opened", "R"),
        ],
        *[("clients.searched", "E"), ("records.taken_out", "R"), ("accounts.signed_in", "E")],
    ],
)
def test_a_deed_has_its_letter(cast, verb, action):
    audit.record(verb=verb, by=cast.sato)

    assert event_of(cast, verb)["action"] == action


def test_the_last_resource_is_that_of_the_export_with_count_and_hash(looked_at):
    export = taken(looked_at, "fhir")
    above, _, last = bytes_of(export).removesuffix(b"\n").rpartition(b"\n")

    details = {one["type"]: one["valueString"] for one in json.loads(last)["entity"][1]["detail"]}
    assert details["count"] == str(export.of)
    assert details["sha256"] == hashlib.sha256(above + b"\n").hexdigest()


@pytest.mark.parametrize("form", ["csv", "fhir"])
def test_nobody_is_named_who_was_looked_at_and_nothing_that_was_written(cast, form):
    audit.opened(cast.hana, by=cast.sato)

    content = bytes_of(taken(cast, form)).decode()
    assert cast.hana.name not in content
    assert str(cast.elsewhere.pk) not in content


def test_an_export_stands_in_the_ledger_with_question_count_and_hash_and_is_signed(looked_at):
    client = {"client": str(looked_at.hana.pk)}
    export = taken(looked_at, told={"client": looked_at.hana.pk}, asked=client)

    entry = Entry.objects.get(verb="oversight.export_made")
    assert (entry.client_id, entry.member_id, entry.purpose) == (looked_at.hana.pk, looked_at.ishii.pk, "audit")
    assert entry.detail["asked"]["client"] == str(looked_at.hana.pk)
    assert (entry.detail["entries"], entry.detail["sha256"]) == (export.of, export.sha256)
    assert export.sha256 == hashlib.sha256(bytes_of(export)).hexdigest()
    assert Leaf.objects.get(entry_id=entry.pk).number <= TreeHead.objects.latest("size").size


def test_memory_does_not_grow_with_the_ledger(cast, django_assert_max_num_queries):
    """Names are asked for once for each part, and entries by a cursor of the database's."""
    done(cast, 2_300)
    export = actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=cast.ishii)

    with django_assert_max_num_queries(60):
        actions.make_export(export_id=export.pk)


def test_one_at_a_time_is_made_for_an_auditor(cast):
    actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=cast.ishii)

    with pytest.raises(ExportBeingMade):
        actions.ask_for_export(question=queries.asked_of({}), asked={}, form="fhir", by=cast.ishii)
    days = {"since": timezone.localdate(), "until": timezone.localdate()}
    about = {"environment": cast.environment, "asked_by": cast.ishii, "form": "csv", "sealed": 1}
    with pytest.raises(IntegrityError, match="one_export_of_an_auditor"), transaction.atomic():
        Export.objects.create(**about, **days)


def test_the_page_asks_for_a_file_and_shows_how_far_it_is(cast, browser_of):
    browser = browser_of(cast.ishii)

    assert "まだ書き出したものはありません" in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"form": "csv", "span": "found"}).status_code == 302
    text = browser.get(PAGE).content.decode()
    assert "<progress" in text
    assert browser.post(PAGE, {"form": "csv", "span": "found"}).status_code == 422


def test_the_whole_ledger_is_taken_out_where_that_is_asked_for(cast, browser_of):
    old = timezone.now() - timedelta(days=400)
    Entry(verb="rooms.opened", recorded_at=old, environment_id=cast.environment.pk, channel="page").save(
        force_insert=True
    )
    browser_of(cast.ishii).post(f"{PAGE}?person={cast.sato.pk}", {"form": "csv", "span": "all"})

    export = Export.objects.get()
    actions.make_export(export_id=export.pk)
    export = export_for(cast.ishii, export.pk)
    assert (export.asked, export.of) == ({}, export.sealed)
    assert export.since <= timezone.localdate()


@pytest.mark.parametrize("sent", [{}, {"form": "exe", "span": "found"}, {"form": "csv", "span": "half"}])
def test_what_is_not_offered_is_not_made(cast, browser_of, sent):
    assert browser_of(cast.ishii).post(PAGE, sent).status_code == 422
    assert not Export.objects.exists()


def test_a_question_that_cannot_be_asked_is_said_to_be_one(cast, browser_of):
    answer = browser_of(cast.ishii).get(f"{PAGE}?since=2026-99-99")

    assert answer.status_code == 422
    assert "この条件では調べられません" in answer.content.decode()


def test_a_client_of_elsewhere_is_not_there(cast, browser_of):
    assert browser_of(cast.ishii).get(f"{PAGE}?client={cast.sato.pk}").status_code == 404


def test_without_a_fresh_proof_nothing_is_made_and_nothing_leaves(cast, browser_of):
    export, browser = make_export(cast.ishii), browser_of(cast.ishii)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        asking = browser.post(PAGE, {"form": "csv", "span": "found"})
        taking = browser.get(f"{PAGE}{export.pk}/content/")
        whole = browser.post("/e/sakuragawa-care/ledger/export/")

    for answer in (asking, taking, whole):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not Entry.objects.filter(verb__startswith="oversight.export").exists()


def test_each_download_is_in_the_ledger(cast, browser_of):
    export = taken(cast)

    answer = browser_of(cast.ishii).get(f"{PAGE}{export.pk}/content/")

    assert said(answer) == bytes_of(export)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Entry.objects.get(verb="oversight.export_taken_out").detail["sha256"] == export.sha256


def test_a_download_that_broke_goes_on_where_it_was(cast, browser_of):
    export, browser = taken(cast), browser_of(cast.ishii)
    address = f"{PAGE}{export.pk}/content/"
    whole = browser.get(address)
    tag, first = whole.headers["ETag"], said(whole)[:100]

    with time_machine.travel(timezone.now() + timedelta(minutes=7)):
        rest = browser.get(address, headers={"Range": "bytes=100-", "If-Range": tag})
        assert rest.status_code == 206
        assert rest.headers["Content-Range"] == f"bytes 100-{export.size - 1}/{export.size}"
        assert hashlib.sha256(first + said(rest)).hexdigest() == export.sha256
        # Who cannot name what was begun, or begins anew, proves again who they are.
        for head in (
            {"Range": "bytes=100-"},
            {"Range": "bytes=0-", "If-Range": tag},
            {"Range": "x", "If-Range": '"x"'},
        ):
            assert browser.get(address, headers=head).status_code == 302


def test_of_another_file_the_whole_is_sent(cast, browser_of):
    export = taken(cast)

    answer = browser_of(cast.ishii).get(
        f"{PAGE}{export.pk}/content/", headers={"Range": "bytes=100-", "If-Range": '"another"'}
    )
    assert (answer.status_code, said(answer)) == (200, bytes_of(export))


def test_after_its_week_a_file_is_gone_and_its_hash_stays(cast, browser_of):
    export = taken(cast)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        actions.end_exports()

    ended = export_for(cast.ishii, export.pk)
    assert (ended.stored_as, ended.sha256) == ("", export.sha256)
    assert browser_of(cast.ishii).get(f"{PAGE}{export.pk}/content/").status_code == 409
    with pytest.raises(ExportNotThere):
        actions.note_taking_out(export=ended, by=cast.ishii)


def test_a_worker_that_fails_says_so(cast, monkeypatch):
    export = actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=cast.ishii)
    monkeypatch.setattr("apps.oversight.actions.exports.pack", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        tasks.make_export(str(cast.environment.pk), str(export.pk))
    assert export_for(cast.ishii, export.pk).failed_at is not None
    assert Entry.objects.filter(verb="oversight.export_failed").exists()


def test_nothing_is_made_for_whoever_is_no_auditor_any_more(cast):
    export = actions.ask_for_export(question=queries.asked_of({}), asked={}, form="csv", by=cast.ishii)
    cast.ishii.valid_to = timezone.now()
    cast.ishii.ended_as = "left"
    cast.ishii.save(update_fields=["valid_to", "ended_as"])

    actions.make_export(export_id=export.pk)
    assert Export.objects.get(pk=export.pk).failed_at is not None


def test_what_no_row_names_is_swept_away(cast):
    export, store = make_export(cast.ishii), storages["exports"]
    Export.objects.filter(pk=export.pk).update(stored_as="", ended_at=timezone.now())

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.sweep_exports(0)
        tasks.end_exports(0)
    assert not store.exists(export.stored_as)
