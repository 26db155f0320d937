"""How much is sent at once and kept: the admin says, the database counts, each no is a sentence and leaves nothing."""

import io

import pytest
from django.db import IntegrityError, transaction

from apps.files import actions
from apps.files.kinds import GIGABYTE, MEGABYTE
from apps.files.models import StoredFile, Upload
from apps.files.queries import limits_of
from apps.files.refusals import FileNotSent, StoreFull, TooHeavyToSend, TooManyAtOnce
from apps.kernel.refusals import NotAllowed
from tests.files import makers as file_makers

USUAL = {"files_per_send": 20, "megabytes_per_send": 1024, "gigabytes_kept": 100, "marks_downloads": False}


def set_limits(cast, **said):
    return actions.set_limits(**{**USUAL, **said}, by=cast.ito)


def test_the_usual_limits_are_above_those_of_others(cast):
    usual = limits_of(cast.environment.pk)

    assert usual.files_per_send > 10
    assert usual.bytes_per_send > 200 * MEGABYTE


def test_a_byte_more_than_may_be_sent_is_refused_before_it_is_sent(cast):
    set_limits(cast, megabytes_per_send=200)

    with pytest.raises(TooHeavyToSend) as refused:
        actions.begin_upload(name="a.mp4", size=200 * MEGABYTE + 1, by=cast.sato)

    assert "200" in refused.value.said
    assert not Upload.objects.exists()
    actions.begin_upload(name="a.mp4", size=200 * MEGABYTE, by=cast.sato)


def test_an_eleventh_file_is_refused_with_all_that_came_with_it(cast):
    set_limits(cast, files_per_send=10)
    files = [file_makers.make_file(cast.sato, b"%d" % number) for number in range(11)]

    with pytest.raises(TooManyAtOnce) as refused:
        actions.keep_files(ids=[file.pk for file in files], by=cast.sato)

    assert "10" in refused.value.said
    assert not StoredFile.objects.exclude(kept_at=None).exists()
    assert len(actions.keep_files(ids=[file.pk for file in files[:10]], by=cast.sato)) == 10


def test_files_that_are_too_much_together_are_refused(cast):
    set_limits(cast, megabytes_per_send=1)
    files = [file_makers.make_file(cast.sato, bytes(600 * 1024)) for _ in range(2)]

    with pytest.raises(TooHeavyToSend):
        actions.keep_files(ids=[file.pk for file in files], by=cast.sato)


def test_a_file_is_attached_once_and_only_by_its_sender(cast):
    file = file_makers.make_file(cast.sato)

    with pytest.raises(FileNotSent):
        actions.keep_files(ids=[file.pk], by=cast.suzuki)
    actions.keep_files(ids=[file.pk], by=cast.sato)
    with pytest.raises(FileNotSent):
        actions.keep_files(ids=[file.pk], by=cast.sato)


def test_when_the_room_is_taken_nothing_more_is_begun(cast):
    set_limits(cast, gigabytes_kept=1, megabytes_per_send=1024)
    file_makers.make_file(cast.sato, size=GIGABYTE - 10)

    with pytest.raises(StoreFull) as refused:
        actions.begin_upload(name="a.txt", size=11, by=cast.suzuki)

    assert "1GB" in refused.value.said.replace(" ", "")
    actions.begin_upload(name="a.txt", size=6, by=cast.suzuki)
    # What is on its way has its room set aside.
    with pytest.raises(StoreFull):
        actions.begin_upload(name="b.txt", size=6, by=cast.sato)


def test_without_the_verb_the_database_counts_too(cast):
    set_limits(cast, gigabytes_kept=1)

    with pytest.raises(IntegrityError, match="no room"), transaction.atomic():
        file_makers.make_upload(cast.sato, size=GIGABYTE + 1)


def test_a_plain_form_has_the_same_bounds(cast):
    set_limits(cast, megabytes_per_send=1)
    content = bytes(MEGABYTE + 1)

    with pytest.raises(TooHeavyToSend):
        actions.take_file(name="a.txt", content=io.BytesIO(content), size=len(content), by=cast.sato)

    assert not Upload.objects.exists()


@pytest.mark.parametrize("person", ["sato", "ishii", "matsumoto"])
def test_only_the_admin_says_how_much(cast, person):
    set_limits(cast, files_per_send=5)

    with pytest.raises(NotAllowed):
        actions.set_limits(**USUAL, by=cast[person])

    assert limits_of(cast.environment.pk).files_per_send == 5
