"""The auditor's own program finds what somebody did who passes every wall of the database."""

import json
import subprocess
import sys
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from apps.audit import canonical, verify_ledger
from apps.audit.anchors import head_line
from apps.audit.canonical import COLUMNS, entry_bytes, json_bytes
from apps.audit.merkle import leaf_hash
from apps.audit.models import Entry, Leaf, SigningKey, TreeHead
from apps.audit.seals import TreeDiffers, change_key, seal_all, sign_head
from apps.audit.taking_out import ledger_lines
from apps.audit.tree import size_here
from tests.audit.deeds import done, make_sealed_ledger

PROGRAM = Path(verify_ledger.__file__)


@dataclass
class Office:
    """The auditor's desk: where exports lie, and the program that checks them."""

    folder: Path
    owner: Any

    def export(self, name: str = "ledger.ndjson") -> Path:
        path = self.folder / name
        path.write_bytes(b"".join(ledger_lines(size_here())))
        return path

    def anchors(self) -> Path:
        path = self.folder / "anchors.ndjson"
        path.write_bytes(b"".join(json_bytes(head_line(head)) + b"\n" for head in TreeHead.objects.all()))
        return path

    def past_every_wall(self, *statements: str) -> None:
        """As the superuser, with every trigger put to sleep."""
        with self.owner.transaction():
            self.owner.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                self.owner.execute(statement)

    def hash_anew(self, number: int) -> None:
        """What a forger does who knows how an entry is hashed."""
        leaf = Leaf.objects.get(number=number)
        [entry] = Entry.objects.filter(pk=leaf.entry_id).values(*COLUMNS)
        new = leaf_hash(entry_bytes(entry)).hex()
        self.past_every_wall(f"UPDATE audit_leaf SET hash = '\\x{new}' WHERE entry_id = {leaf.entry_id}")


@pytest.fixture
def office(transactional_db, cast, test_database, tmp_path) -> Office:
    """Ten entries and a head over all of them, ten more and another head; for real."""
    for _head in range(2):
        done(cast, 10)
        seal_all()
        sign_head()
    assert [head.size for head in TreeHead.objects.order_by("size")] == [10, 20]
    return Office(tmp_path, test_database.owner)


def checked(capsys: Any, *words: Any) -> tuple[int, str]:
    """How the program ends, and its first line."""
    ended = verify_ledger.main([str(word) for word in words])
    return ended, capsys.readouterr().out.splitlines()[0]


def at(number: int) -> str:
    """Whatever stands under this number."""
    return f"(SELECT entry_id FROM audit_leaf WHERE number = {number})"


def fingerprint() -> str:
    return canonical.fingerprint(bytes(SigningKey.objects.get(number=1).public))


# -- what is whole


def test_an_untouched_ledger_is_ok_with_its_count_and_root(office, capsys):
    root = bytes(TreeHead.objects.get(size=20).root).hex()

    assert checked(capsys, office.export(), "--key", fingerprint(), "--heads", office.anchors()) == (0, f"OK 20 {root}")


def test_a_ledger_of_many_tiles_whose_key_was_changed_is_ok(office, cast, capsys):
    earlier = office.export("earlier.ndjson")
    for _key in range(2):
        change_key()
        make_sealed_ledger(by=cast.sato)
    seal_all()

    ended, said = checked(capsys, office.export(), "--earlier", earlier, "--key", fingerprint())
    assert (ended, said.split()[:2]) == (0, ["OK", str(20 + 512)])


def test_the_program_runs_alone_without_a_library_of_the_house(office, tmp_path):
    copy = tmp_path / "elsewhere.py"
    copy.write_text(PROGRAM.read_text())
    answer = subprocess.run(
        [sys.executable, "-I", "-S", str(copy), str(office.export())], capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("OK 20 ")


def test_entries_that_nobody_has_signed_yet_are_told_of(office, cast, capsys):
    done(cast, 3)
    seal_all()

    assert verify_ledger.main([str(office.export())]) == 0
    assert "3 件にはまだ署名がありません" in capsys.readouterr().out


# -- six attacks, by one who changes rows alone


def test_a_changed_entry_is_found(office, capsys):
    office.past_every_wall(f"UPDATE audit_entry SET verb = 'tests.undone' WHERE id = {at(7)}")

    assert checked(capsys, office.export()) == (1, "NG change")
    assert found(office) == ("change", 7, 7)


def test_a_deleted_entry_is_found(office):
    office.past_every_wall(f"DELETE FROM audit_entry WHERE id = {at(7)}")

    assert found(office) == ("deletion", 7, 7)


def test_an_entry_deleted_with_its_number_is_found(office):
    office.past_every_wall(f"DELETE FROM audit_entry WHERE id = {at(7)}", "DELETE FROM audit_leaf WHERE number = 7")

    assert found(office) == ("deletion", 7, 7)


def test_contents_that_changed_places_are_found(office):
    one, two = numbered(7), numbered(9)
    office.past_every_wall(
        "UPDATE audit_leaf SET entry_id = -entry_id WHERE number IN (7, 9)",
        f"UPDATE audit_leaf SET entry_id = {two} WHERE number = 7",
        f"UPDATE audit_leaf SET entry_id = {one} WHERE number = 9",
    )

    assert found(office) == ("reordering", 7, 7)


def numbered(number: int) -> int:
    return Leaf.objects.get(number=number).entry_id


def moved(numbers: dict[int, int]) -> list[str]:
    """Statements that give leaves other numbers."""
    cases = " ".join(f"WHEN {one} THEN {-two}" for one, two in numbers.items())
    return [
        f"UPDATE audit_leaf SET number = CASE number {cases} ELSE number END",
        "UPDATE audit_leaf SET number = -number WHERE number < 0",
    ]


def found(office: Office, *more: Any) -> tuple[str, int, int] | None:
    """What was done, and between which numbers."""
    asked = verify_ledger.argparse.Namespace(key=None, heads=[], earlier=None)
    for name, value in zip(more[::2], more[1::2], strict=True):
        setattr(asked, name, value)
    try:
        verify_ledger.checked(verify_ledger.Export(office.export("now.ndjson")), asked)
    except verify_ledger.Bad as bad:
        return bad.kind, bad.first, bad.last
    return None


# -- the same, by one who knows the tree and makes every hash and number fit


def test_a_change_that_was_hashed_anew_is_found_between_two_heads(office, cast):
    office.past_every_wall(f"UPDATE audit_entry SET verb = 'tests.undone' WHERE id = {at(17)}")
    office.hash_anew(17)

    assert found(office) == ("change", 11, 20)


def test_a_change_that_was_hashed_anew_is_named_by_an_earlier_export(office):
    earlier = office.export("earlier.ndjson")
    office.past_every_wall(
        f"UPDATE audit_entry SET verb = 'tests.undone' WHERE id = {at(17)}",
        "DELETE FROM audit_treehead WHERE size = 20",
    )
    office.hash_anew(17)

    assert found(office, "earlier", earlier) == ("change", 17, 17)


def test_a_deletion_behind_the_last_head_but_one_is_seen_as_a_missing_end(office):
    office.past_every_wall(
        f"DELETE FROM audit_entry WHERE id = {at(17)}",
        "DELETE FROM audit_leaf WHERE number = 17",
        *moved({number: number - 1 for number in range(18, 21)}),
    )

    assert found(office) == ("truncation", 20, 20)


def test_a_deletion_that_was_numbered_anew_is_found_between_two_heads_when_others_have_followed(office, cast):
    office.past_every_wall(
        f"DELETE FROM audit_entry WHERE id = {at(17)}",
        "DELETE FROM audit_leaf WHERE number = 17",
        *moved({number: number - 1 for number in range(18, 21)}),
    )
    done(cast, 5)
    seal_all()
    with pytest.raises(TreeDiffers):
        sign_head()

    assert found(office) == ("deletion", 11, 20)


INSERTED = """
INSERT INTO audit_entry (id, environment_id, verb, channel, role, subject_kind, subject_id, outcome, reason, purpose,
                         detail, agent, recorded_at)
SELECT -1, environment_id, 'tests.invented', 'page', '', '', '', 'done', '', '', '{{}}', '', recorded_at
FROM audit_entry WHERE id = {0}
"""


def test_an_insertion_that_was_numbered_in_is_found_where_it_is(office, cast):
    office.past_every_wall(
        INSERTED.format(at(17)),
        *moved({number: number + 1 for number in range(17, 21)}),
        f"INSERT INTO audit_leaf (entry_id, environment_id, number, hash, sealed_at)"
        f" SELECT -1, '{cast.environment.pk}', 17, '', sealed_at FROM audit_leaf WHERE number = 18",
    )
    office.hash_anew(17)

    assert found(office) == ("insertion", 17, 17)


def test_entries_that_exchanged_numbers_are_found_where_they_are(office):
    office.past_every_wall(*moved({14: 16, 16: 14}))

    assert found(office) == ("reordering", 14, 14)


def test_a_cut_off_end_is_found_by_a_head_that_left_the_database(office):
    anchors = office.anchors()
    office.past_every_wall(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_leaf WHERE number > 15)",
        "DELETE FROM audit_leaf WHERE number > 15",
        "DELETE FROM audit_treehead WHERE size > 15",
    )

    assert found(office) is None
    assert found(office, "heads", [anchors]) == ("truncation", 16, 20)


def test_two_histories_signed_by_the_same_key_are_found(office, cast):
    anchors = office.anchors()
    office.past_every_wall(
        f"UPDATE audit_entry SET verb = 'tests.undone' WHERE id = {at(17)}",
        "DELETE FROM audit_treehead WHERE size > 15",
    )
    office.hash_anew(17)
    # The system's own key signs the forged history: nothing inside tells of it.
    assert sign_head().size == 20
    assert found(office) is None

    assert found(office, "heads", [anchors]) == ("fork", 11, 20)


def test_a_forged_history_that_grew_on_is_found(office, cast):
    anchors = office.anchors()
    office.past_every_wall(
        f"UPDATE audit_entry SET verb = 'tests.undone' WHERE id = {at(17)}",
        "DELETE FROM audit_treehead WHERE size > 15",
    )
    office.hash_anew(17)
    done(cast, 5)
    seal_all()
    sign_head()

    assert found(office, "heads", [anchors]) == ("fork", 11, 20)


def test_keys_of_a_forger_are_found_by_the_fingerprint_and_by_old_heads(office, cast):
    anchors, known = office.anchors(), fingerprint()
    office.past_every_wall("DELETE FROM audit_signingkey", "DELETE FROM audit_treehead")
    sign_head()

    assert found(office) is None
    assert found(office, "key", known) == ("signature", 0, 0)
    assert found(office, "heads", [anchors])[0] == "signature"


# -- the file itself


def test_an_export_is_of_the_place_in_which_it_was_asked_for_wherever_it_is_read(office):
    lines = ledger_lines(size_here())

    assert Context().run(lambda: b"".join(lines)) == office.export().read_bytes()


def test_a_ledger_without_any_signature_is_not_ok(office):
    office.past_every_wall("DELETE FROM audit_treehead")

    assert found(office) == ("signature", 0, 0)


@pytest.mark.parametrize("kept", [0, 1, 5, -1, -2])
def test_a_file_that_is_not_whole_is_no_export(office, capsys, kept):
    path = office.export()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:kept]))

    assert checked(capsys, path) == (2, "NG incomplete")


def test_a_line_changed_in_the_file_is_found(office, capsys):
    path = office.export()
    path.write_bytes(path.read_bytes().replace(b'"verb":"tests.done"', b'"verb":"tests.dine"', 1))

    assert checked(capsys, path)[0] != 0


def test_a_head_with_a_wrong_signature_is_found(office):
    office.past_every_wall("UPDATE audit_treehead SET signed_at = signed_at + interval '1 second' WHERE size = 10")

    assert found(office) == ("signature", 10, 10)


# -- its own signatures


# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
ED25519 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), ED25519)
def test_the_published_signatures_hold_and_others_do_not(public, message, signature):
    key, told = verify_ledger.Key(bytes.fromhex(public)), bytes.fromhex(message).decode()

    assert key.has_signed(told, bytes.fromhex(signature))
    assert not key.has_signed(f"{told}x", bytes.fromhex(signature))
    assert not key.has_signed(told, bytes(64))


def test_its_signatures_are_those_of_the_library():
    for number in range(8):
        secret = Ed25519PrivateKey.generate()
        key = verify_ledger.Key(secret.public_key().public_bytes_raw())
        signature = secret.sign(f"head {number}".encode())
        assert key.has_signed(f"head {number}", signature)
        assert not key.has_signed(f"head {number}", bytes([signature[0] ^ 1]) + signature[1:])


def test_every_line_of_an_export_is_json(office):
    lines = office.export().read_bytes().splitlines()

    assert [json.loads(line).get("number") for line in lines if b'"entry"' in line] == list(range(1, 21))
