"""What was deleted or edited is kept for its time for an auditor, and then let go: not a day before, and nothing else."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from apps.audit.models import Entry
from apps.files.models import StoredFile
from apps.kernel.refusals import NotAllowed
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Attachment, Draft, Message, MessageVersion, RetentionPolicy, SearchText, WaitingMessage
from apps.rooms.queries import Sought, messages_found
from apps.rooms.tasks import purge_ended
from tests import makers
from tests.files.makers import make_file
from tests.retention import as_owner, care_ended_at, make_retention, replaced_at
from tests.saying import forward, make_waiting, say

PAGE = "/e/sakuragawa-care/rooms/retention/"
API = f"/api/v1{PAGE}"
SAID, CORRECTED = "血圧は182です。", "血圧は132です。"


@pytest.fixture
def theme(cast):
    """A room about nobody, in which suzuki has deleted a message after correcting it: office matter, kept for a year."""
    room = makers.make_room(members=[cast.sato, cast.suzuki], title="連携会")
    deleted(room, cast.suzuki)
    return room


def deleted(room, by):
    number = say(room, by, SAID).number
    actions.edit(message=message_for(by, room.pk, number), body=CORRECTED, by=by)
    actions.remove_message(message=message_for(by, room.pk, number), by=by)


def days_ago(days, years=0):
    """Late on the day from which so many years end with the day that was so many days ago: the first day does not count."""
    counted_from = timezone.localdate() - timedelta(days=days - 1)
    day = counted_from.replace(year=counted_from.year - years) - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(23, 50)))


def age(moment):
    for version in MessageVersion.objects.all():
        replaced_at(version, moment)


def texts():
    return [version.body for version in MessageVersion.objects.order_by("pk")]


@pytest.mark.parametrize(("days", "kept"), [(0, [SAID, CORRECTED]), (1, ["", ""])])
def test_it_is_kept_through_its_last_day_and_let_go_in_the_night_after(theme, days, kept):
    age(days_ago(days, years=1))

    actions.purge_ended()

    assert texts() == kept
    days_ended = {version.retention_ended_on for version in MessageVersion.objects.all()}
    assert days_ended == ({None} if days == 0 else {timezone.localdate() - timedelta(days=1)})


def test_what_stands_stays_and_so_do_the_tombstone_its_number_and_the_ledger(theme, cast):
    say(theme, cast.sato, "立っている話です。")
    ledger = list(Entry.objects.values_list("pk", flat=True))
    age(days_ago(9, years=1))

    actions.purge_ended()

    assert list(Message.objects.filter(room=theme).values_list("number", "body", "author")) == [
        (1, "", cast.suzuki.pk),
        (2, "立っている話です。", cast.sato.pk),
    ]
    assert Message.objects.get(room=theme, number=1).is_removed
    assert set(ledger) < set(Entry.objects.values_list("pk", flat=True))


def test_the_earlier_texts_of_a_message_that_stands_are_let_go_and_say_so(theme, cast, browser_of):
    number = say(theme, cast.sato, "会議は15時です。").number
    actions.edit(message=message_for(cast.sato, theme.pk, number), body="会議は16時です。", by=cast.sato)
    age(days_ago(9, years=1))

    actions.purge_ended()

    told = browser_of(cast.suzuki).get(f"/api/v1/e/sakuragawa-care/rooms/{theme.pk}/messages/{number}/").json()
    page = browser_of(cast.suzuki).get(f"/e/sakuragawa-care/rooms/{theme.pk}/messages/{number}/").content.decode()
    ended = timezone.localdate() - timedelta(days=9)
    assert told["body"] == "会議は16時です。"
    assert [(one["body"], one["retention_ended_on"]) for one in told["versions"]] == [("", ended.isoformat())]
    assert "15時" not in page
    assert "保存期間は" in page


def test_a_second_run_finds_nothing_and_writes_nothing(theme):
    age(days_ago(9, years=1))

    assert actions.purge_ended(at_once=1) == actions.LetGo(texts=2)
    entries = Entry.objects.filter(verb="rooms.retention_ended")
    assert [one.detail for one in entries] == [{"texts": 1, "files": 0, "unsent": 0}] * 2
    assert actions.purge_ended() == actions.LetGo()
    assert entries.count() == 2
    assert not any("血圧" in str(one.__dict__) for one in Entry.objects.all())


def test_the_nightly_task_goes_through_every_environment(theme, cast):
    with scope(environment=cast.elsewhere):
        room = makers.make_room(members=[cast.watanabe], title="となり会")
        deleted(room, cast.watanabe)
        age(days_ago(9, years=1))
    age(days_ago(9, years=1))

    purge_ended(timestamp=0)

    assert texts() == ["", ""]
    with scope(environment=cast.elsewhere):
        assert texts() == ["", ""]


def test_each_environment_lets_go_its_own(theme, cast):
    age(days_ago(9, years=1))
    with scope(environment=cast.elsewhere):
        assert actions.purge_ended() == actions.LetGo()

    assert texts() == [SAID, CORRECTED]
    assert actions.purge_ended() == actions.LetGo(texts=2)


def test_about_a_client_it_is_kept_while_the_care_goes_on_and_five_years_from_its_end(cast):
    deleted(cast.room, cast.suzuki)
    age(days_ago(9, years=20))
    actions.purge_ended()
    assert texts() == [SAID, CORRECTED]

    care_ended_at(cast.hana, days_ago(0, years=5))
    actions.purge_ended()
    assert texts() == [SAID, CORRECTED]

    care_ended_at(cast.hana, days_ago(1, years=5))
    actions.purge_ended()
    assert texts() == ["", ""]


def test_an_open_inspection_holds_it_and_one_that_is_over_does_not(cast):
    deleted(cast.room, cast.suzuki)
    age(days_ago(9, years=20))
    care_ended_at(cast.hana, days_ago(9, years=5))
    now = timezone.now()
    inspection = makers.make_inspection(cast.hana, by=cast.ishii, opened_at=now, closes_at=now + timedelta(hours=1))

    actions.purge_ended()
    assert texts() == [SAID, CORRECTED]

    type(inspection).objects.filter(pk=inspection.pk).update(closes_at=now + timedelta(microseconds=1))
    actions.purge_ended()
    assert texts() == ["", ""]


def test_an_auditor_who_reads_it_is_told_on_which_day_its_time_ended(cast, browser_of):
    deleted(cast.room, cast.suzuki)
    age(days_ago(9, years=20))
    care_ended_at(cast.hana, days_ago(9, years=5))
    actions.purge_ended()
    until = timezone.now() + timedelta(hours=1)
    makers.make_inspection(cast.hana, by=cast.ishii, opened_at=timezone.now(), closes_at=until)

    address = f"/e/sakuragawa-care/clients/{cast.hana.pk}/inspection/deleted-messages/"
    page = browser_of(cast.ishii).post(address, {"message": cast.room.messages.get().pk}).content.decode()

    ended = timezone.localdate() - timedelta(days=9)
    assert f"{ended.year}年{ended.month}月{ended.day}日" in page
    assert "保存期間は" in page
    assert "血圧" not in page


def test_the_files_of_a_deleted_message_go_with_its_last_text_bytes_and_all(
    theme, cast, django_capture_on_commit_callbacks
):
    files = [make_file(cast.sato), make_file(cast.sato), make_file(cast.sato)]
    gone, wordless, standing = (file.pk for file in files)
    for file, body in zip(files, ("写真です。", "", "こちらは残します。"), strict=True):
        actions.post(room=theme, body=body, client_key=uuid4(), by=cast.sato, files=[file.pk])
    # Each was sent in a transaction of its own: what is asked at its end has been asked.
    connection.check_constraints()
    for number in (2, 3):
        actions.remove_message(message=message_for(cast.sato, theme.pk, number), by=cast.sato)
    stored = [file.stored_as for file in files]
    actions.purge_ended()
    assert Attachment.objects.count() == 3
    age(days_ago(9, years=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_ended() == actions.LetGo(texts=4, files=2)

    assert not StoredFile.objects.filter(pk__in=[gone, wordless]).exists()
    assert [storages["files"].exists(name) for name in stored] == [False, False, True]
    assert Attachment.objects.get().file_id == standing


def test_a_file_stays_while_an_earlier_text_of_its_message_has_its_time(theme, cast):
    file = make_file(cast.sato)
    number = actions.post(room=theme, body="一", client_key=uuid4(), by=cast.sato, files=[file.pk]).number
    actions.edit(message=message_for(cast.sato, theme.pk, number), body="二", by=cast.sato)
    actions.remove_message(message=message_for(cast.sato, theme.pk, number), by=cast.sato)
    first, _last = MessageVersion.objects.filter(message__number=number, message__room=theme).order_by("pk")
    replaced_at(first, days_ago(9, years=1))

    assert actions.purge_ended() == actions.LetGo(texts=1)

    assert Attachment.objects.filter(file=file).exists()


def test_a_file_that_was_forwarded_stays_where_it_stands_when_it_goes_where_it_was_deleted(theme, cast):
    file, other = make_file(cast.sato), makers.make_room(members=[cast.sato], title="別の部屋")
    number = actions.post(room=theme, body="写真です。", client_key=uuid4(), by=cast.sato, files=[file.pk]).number
    forward(cast, theme, other, number=number, files=[1])
    connection.check_constraints()
    actions.remove_message(message=message_for(cast.sato, theme.pk, number), by=cast.sato)
    age(days_ago(9, years=1))

    actions.purge_ended()

    assert [one.message.room for one in Attachment.objects.filter(file=file)] == [other]
    assert storages["files"].exists(file.stored_as)


def test_what_was_begun_and_never_sent_does_not_outlive_it(theme, cast):
    old, fresh = days_ago(9, years=1), timezone.now()
    for member, written_at in ((cast.sato, old), (cast.suzuki, fresh)):
        actions.keep_draft(room=theme, body="下書きです。", by=member)
        Draft.objects.filter(member=member).update(written_at=written_at)
    refused = {"refused": "not_allowed", "refusal": "送信できませんでした。"}
    make_waiting(theme, cast.sato, written_at=old, **refused)
    kept = {make_waiting(theme, cast.sato, **refused).pk, make_waiting(theme, cast.suzuki, written_at=old).pk}

    assert actions.purge_ended() == actions.LetGo(unsent=2)

    assert Draft.objects.get().member == cast.suzuki
    assert {one.pk for one in WaitingMessage.objects.all()} == kept


def test_search_finds_nothing_of_it(theme, cast):
    actions.take_all_into_search()
    age(days_ago(9, years=1))
    actions.purge_ended()

    assert not SearchText.objects.filter(room_id=theme.pk).exists()
    assert messages_found(cast.suzuki, Sought("血圧")).hits == []


# -- the walls


def changing(version, **to):
    columns = ", ".join(f"{name} = %s" for name in to)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE rooms_messageversion SET {columns} WHERE id = %s", [*to.values(), version.pk])


def test_the_application_itself_empties_no_text(theme):
    age(days_ago(9, years=1))
    ended = timezone.localdate() - timedelta(days=9)

    with pytest.raises(ProgrammingError, match="permission denied"):
        changing(MessageVersion.objects.first(), body="", retention_ended_on=ended)


@pytest.mark.parametrize("wrong", ["a day too early", "another day", "another text", "no day", "when it was written"])
def test_not_even_the_owner_empties_a_text_before_its_day_or_changes_it_otherwise(theme, wrong):
    last_day = days_ago(0 if wrong == "a day too early" else 9, years=1)
    age(last_day)
    version = MessageVersion.objects.first()
    ended = timezone.localdate() - timedelta(days=0 if wrong == "a day too early" else 9)
    good = {"body": "", "retention_ended_on": ended}
    told = {
        "a day too early": good,
        "another day": {**good, "retention_ended_on": ended - timedelta(days=1)},
        "another text": {"body": "別の話", "retention_ended_on": None},
        "no day": {"body": ""},
        "when it was written": {**good, "written_at": timezone.now()},
    }[wrong]

    with as_owner():
        with pytest.raises(ProgrammingError, match="kept for its time"):
            changing(version, **told)
        if wrong != "a day too early":
            changing(version, **good)
            with pytest.raises(ProgrammingError, match="kept for its time"):
                changing(version, body="戻す", retention_ended_on=None)


def test_nobody_takes_a_file_from_a_message_that_stands_or_whose_time_has_not_ended(theme, cast):
    standing = actions.post(
        room=theme, body="一", client_key=uuid4(), by=cast.sato, files=[make_file(cast.sato).pk]
    ).number
    removed = actions.post(
        room=theme, body="二", client_key=uuid4(), by=cast.sato, files=[make_file(cast.sato).pk]
    ).number
    actions.remove_message(message=message_for(cast.sato, theme.pk, removed), by=cast.sato)

    for number in (standing, removed):
        attachment = Attachment.objects.get(message__number=number, message__room=theme)
        with as_owner() as cursor, pytest.raises(ProgrammingError, match="kept for its time"), transaction.atomic():
            cursor.execute("DELETE FROM rooms_attachment WHERE id = %s", [attachment.pk])


def test_no_retention_time_is_below_the_law_or_changed_afterwards(cast):
    policy = make_retention(cast.ito, support_years=2, office_years=1)
    for wrong in ({"support_years": 1, "office_years": 1}, {"support_years": 2, "office_years": 0}):
        with pytest.raises(IntegrityError, match="as_long_as_the_law_asks"), transaction.atomic():
            make_retention(cast.ito, **wrong)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RetentionPolicy.objects.filter(pk=policy.pk).update(support_years=30)


# -- said by the admin


def test_what_the_admin_says_last_holds(theme, cast):
    age(days_ago(9, years=1))
    actions.set_retention(support_years=5, office_years=3, reason="条例", by=cast.ito)
    actions.purge_ended()
    assert texts() == [SAID, CORRECTED]

    actions.set_retention(support_years=5, office_years=1, reason="規程の改正", by=cast.ito)
    actions.purge_ended()
    assert texts() == ["", ""]


def test_only_the_admin_says_how_long_and_says_why(cast, browser_of):
    with pytest.raises(NotAllowed):
        actions.set_retention(support_years=5, office_years=1, reason="条例", by=cast.sato)
    assert browser_of(cast.sato).get(PAGE).status_code == 403

    admin = browser_of(cast.ito)
    for wrong in ({"support_years": 1}, {"office_years": 0}, {"reason": ""}, {"support_years": 31}):
        sent = {"support_years": 5, "office_years": 1, "reason": "条例", **wrong}
        assert admin.post(PAGE, sent).status_code == 422
        assert admin.put(API, sent, content_type="application/json").status_code == 400
    assert not RetentionPolicy.objects.exists()
    usual = browser_of(cast.sato).get(API).json()
    assert usual == {"support_years": 5, "office_years": 1, "reason": ""}

    assert admin.post(PAGE, {"support_years": 7, "office_years": 2, "reason": "市の文書管理規程"}).status_code == 302
    told = {"support_years": 7, "office_years": 2, "reason": "市の文書管理規程"}
    assert browser_of(cast.sato).get(API).json() == told
    assert admin.put(API, {**told, "office_years": 3}, content_type="application/json").json() == {
        **told,
        "office_years": 3,
    }
    page = admin.get(PAGE).content.decode()
    assert page.count("市の文書管理規程") == 2
    assert [one.detail for one in Entry.objects.filter(verb="rooms.retention_set").order_by("pk")] == [
        {"support_years": 7, "office_years": 2},
        {"support_years": 7, "office_years": 3},
    ]
