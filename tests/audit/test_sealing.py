"""The sealer: numbers without gaps, waits for nobody, keeps nobody waiting, signs one history."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from apps.audit import actions as audit
from apps.audit.canonical import COLUMNS, entry_bytes
from apps.audit.merkle import is_consistent, is_included, leaf_hash, tree_of
from apps.audit.models import Entry, Leaf, SigningKey, Tile, TreeHead
from apps.audit.places import standing_in
from apps.audit.sealer import Sealer
from apps.audit.seals import TreeDiffers, change_key, is_signed, seal_all, secret_of, sign_head
from apps.audit.tree import size_here, tree_here, waiting_since
from tests import postgres
from tests.audit.deeds import done, numbers
from tests.races.at_once import at_once

TABLES = ["audit_leaf", "audit_tile", "audit_signingkey", "audit_treehead"]


# -- what an entry is when it is hashed


def test_the_canonical_form_of_an_entry_is_this_and_stays_this():
    told = dict.fromkeys(COLUMNS, "")
    told |= {"id": 7, "recorded_at": timezone.datetime.fromisoformat("2026-04-01T09:00:00.5+09:00")}
    told |= {"client_id": None, "verb": "surveys.opened", "detail": {"b": [1, 2], "a": "車いす\n"}}

    assert entry_bytes(told).decode() == (
        '{"address":"","agent":"","channel":"","client_id":null,"detail":{"a":"車いす\\n","b":[1,2]},'
        '"environment_id":"","id":7,"member_id":"","organization_id":"","outcome":"","purpose":"","reason":"",'
        '"recorded_at":"2026-04-01T00:00:00.500000Z","role":"","subject_id":"","subject_kind":"","user_id":"",'
        '"v":1,"verb":"surveys.opened"}'
    )


def test_every_column_of_an_entry_is_hashed():
    assert {field.attname for field in Entry._meta.concrete_fields} == set(COLUMNS)


# -- numbering


def test_entries_are_numbered_from_one_without_gaps_in_each_environment(cast):
    done(cast, 3)
    with scope(environment=cast.elsewhere):
        audit.record(verb="tests.done", by=cast.watanabe)
        seal_all()
        assert numbers() == [1]
    seal_all()
    done(cast, 2)
    seal_all()

    assert numbers() == list(range(1, Entry.objects.count() + 1))


def test_sealing_again_numbers_nothing_twice(cast):
    done(cast, 3)

    assert seal_all() == Entry.objects.count()
    assert seal_all() == 0


def test_a_leaf_is_the_hash_of_the_entry_as_it_was_written(cast):
    done(cast, 1)
    seal_all()

    leaf = Leaf.objects.order_by("-number")[0]
    [entry] = Entry.objects.filter(pk=leaf.entry_id).values(*COLUMNS)
    assert bytes(leaf.hash) == leaf_hash(entry_bytes(entry))


def test_what_happens_outside_every_environment_has_a_tree_of_its_own(cast):
    with standing_in(None):
        audit.record(verb="tests.done", by=None)
        assert seal_all() > 0
        head = sign_head()
        assert head is not None
        assert (head.environment_id, head.size) == (None, size_here())
    assert size_here() == 0


def test_a_tree_read_from_its_tiles_is_the_tree_of_its_leaves(cast):
    for many in (200, 100, 600):
        done(cast, many)
        seal_all()
    hashes = [bytes(one) for one in Leaf.objects.order_by("number").values_list("hash", flat=True)]

    assert Tile.objects.filter(level=1).count() == len(hashes) // 256
    for size in (1, 255, 256, 257, 511, 512, len(hashes)):
        assert tree_here().root(size) == tree_of(hashes).root(size)
    proof = tree_here().inclusion(300, len(hashes))
    assert is_included(hashes[300], 300, len(hashes), proof, tree_here().root(len(hashes)))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET environment_id = environment_id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_remove_or_truncate_what_was_sealed(cast, table, verb):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_a_number_cannot_be_given_twice(cast):
    done(cast, 1)
    seal_all()

    with pytest.raises(IntegrityError, match="a_number_is_given_once"), transaction.atomic():
        Leaf.objects.create(entry_id=0, environment_id=cast.environment.pk, number=1, hash=bytes(32))


# -- heads and keys


def test_a_head_is_signed_once_for_each_size_and_grows_out_of_the_one_before(cast):
    done(cast, 3)
    seal_all()
    first = sign_head()
    assert sign_head() == first
    done(cast, 4)
    seal_all()
    second = sign_head()

    assert second.size == first.size + 4
    proof = tree_here().consistency(first.size, second.size)
    assert is_consistent(first.size, second.size, proof, bytes(first.root), bytes(second.root))
    assert is_signed(second, SigningKey.objects.get())


def test_a_changed_key_is_vouched_for_by_the_old_one_whose_heads_still_hold(cast):
    done(cast, 1)
    seal_all()
    old_head = sign_head()
    new = change_key()
    done(cast, 1)
    seal_all()
    new_head = sign_head()

    old = SigningKey.objects.get(number=1)
    assert (old_head.key_number, new_head.key_number) == (1, 2)
    assert is_signed(old_head, old)
    assert is_signed(new_head, new)
    assert not is_signed(new_head, old)


def test_the_secret_of_a_key_is_not_readable_in_the_database(cast):
    done(cast, 1)
    seal_all()

    key = SigningKey.objects.get()
    secret = secret_of(key).private_bytes_raw()
    assert secret not in bytes(key.locked)
    assert secret.hex().encode() not in bytes(key.locked)


def test_a_key_of_one_environment_signs_nothing_of_another(cast):
    done(cast, 1)
    seal_all()
    here = SigningKey.objects.get()
    with scope(environment=cast.elsewhere):
        audit.record(verb="tests.done", by=cast.watanabe)
        seal_all()
        head = sign_head()
        assert is_signed(head, SigningKey.objects.get())

    assert not is_signed(head, here)


# -- how long something waits


def test_it_is_told_since_when_an_entry_waits(cast):
    seal_all()
    assert waiting_since() is None

    entry = audit.record(verb="tests.done", by=cast.sato)
    entry.refresh_from_db()
    assert waiting_since() == entry.recorded_at
    seal_all()
    assert waiting_since() is None


# -- beside others


@pytest.fixture
def real(transactional_db, cast):
    """Everybody, for real: what one connection commits another sees."""
    return cast


def test_a_turn_seals_every_place_and_signs_it(real):
    done(real, 2)
    with standing_in(real.elsewhere.pk):
        audit.record(verb="tests.done", by=real.watanabe)

    Sealer().turn()

    with standing_in(real.elsewhere.pk):
        assert TreeHead.objects.get().size == size_here() == 1
    assert TreeHead.objects.get().size == size_here() == Entry.objects.count()


def test_a_head_is_signed_within_a_minute_of_a_change_and_not_at_each_turn(real):
    sealer = Sealer()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        done(real, 1)
        sealer.turn()
        done(real, 1)
        sealer.turn()
        assert TreeHead.objects.count() == 1

        clock.shift(timedelta(seconds=59))
        sealer.turn()
        sealer.turn()
    assert TreeHead.objects.count() == 2


def test_who_writes_for_long_keeps_nobody_waiting_and_is_sealed_at_the_end(real, test_database):
    sealer = Sealer()
    with postgres.connect(test_database.name) as late:
        with late.transaction():
            late.execute(
                "INSERT INTO audit_entry (environment_id, verb, channel, role, subject_kind, subject_id, outcome, reason,"
                " purpose, detail, agent) VALUES (%s, 'tests.late', 'page', '', '', '', 'done', '', '', '{}', '')",
                [real.environment.pk],
            )
            for _turn in range(4):
                done(real, 1)
                sealer.turn()
            seen = Entry.objects.count()
            assert numbers() == list(range(1, seen + 1))
        sealer.turn()

    [late_one] = Entry.objects.filter(verb="tests.late")
    assert Leaf.objects.get(entry_id=late_one.pk).number == seen + 1
    assert late_one.pk < max(Entry.objects.values_list("pk", flat=True))


def test_once_everybody_has_ended_a_turn_looks_at_nothing_old(real, django_assert_num_queries):
    sealer = Sealer()
    done(real, 2)
    for _turn in range(3):
        sealer.turn()

    # The number of the newest entry.
    with django_assert_num_queries(1):
        sealer.turn()


def test_a_sealer_that_begins_anew_finds_what_the_killed_one_left(real):
    Sealer().turn()
    done(real, 3)
    # As if killed between numbering and signing.
    seal_all()
    done(real, 2)

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        Sealer().turn()

    assert numbers() == list(range(1, Entry.objects.count() + 1))
    assert TreeHead.objects.filter(size=Entry.objects.count()).exists()


def test_sealers_at_the_same_moment_take_turns_and_number_everything_once(real):
    done(real, 40)

    sealed = at_once(*[seal_all] * 4, sign_head, sign_head)

    assert sum(sealed[:4]) == Entry.objects.count()
    assert numbers() == list(range(1, Entry.objects.count() + 1))
    assert TreeHead.objects.count() <= 2


def test_a_sealer_that_is_killed_at_its_work_leaves_nothing_half(real, monkeypatch):
    done(real, 3)
    with monkeypatch.context() as patch:
        patch.setattr("apps.audit.seals.lay_tiles", lambda old, new: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seal_all()
    assert size_here() == 0

    seal_all()
    assert numbers() == list(range(1, Entry.objects.count() + 1))


def test_a_history_that_was_changed_past_the_application_is_not_signed_again(real, test_database):
    done(real, 3)
    seal_all()
    head = sign_head()
    with test_database.owner.transaction():
        test_database.owner.execute("SET LOCAL session_replication_role = replica")
        test_database.owner.execute("UPDATE audit_leaf SET hash = sha256('x') WHERE number = 2")
    done(real, 1)
    seal_all()

    with pytest.raises(TreeDiffers):
        sign_head()
    assert TreeHead.objects.get() == head
