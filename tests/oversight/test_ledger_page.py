"""The auditor's page: how far the ledger is sealed, the ledger as a file, the program that checks it."""

from pathlib import Path

import pytest

from apps.audit import verify_ledger
from apps.audit.models import Entry, Leaf, TreeHead
from apps.audit.seals import seal_all, sign_head
from apps.audit.tree import size_here
from apps.kernel.refusals import NotAllowed
from apps.oversight import actions
from tests.audit.deeds import done

PAGE = "/e/sakuragawa-care/ledger/"
API = "/api/v1/e/sakuragawa-care/ledger/export/"


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def said_of(answer, tmp_path, capsys) -> str:
    """What the auditor's program says of a file as it was sent."""
    path = tmp_path / "ledger.ndjson"
    path.write_bytes(body_of(answer))
    verify_ledger.main([str(path)])
    return capsys.readouterr().out


def test_the_page_tells_how_far_the_ledger_is_sealed(cast, browser_of):
    done(cast, 3)
    seal_all()
    head = sign_head()

    text = browser_of(cast.ishii).get(PAGE).content.decode()
    assert f"{head.size}番まで" in text
    assert "署名した時と一致しています" in text


def test_a_ledger_that_nobody_has_sealed_yet_has_a_page(cast, browser_of):
    assert browser_of(cast.ishii).get(PAGE).status_code == 200


def test_looking_at_the_ledger_is_an_entry_of_it(cast, browser_of):
    browser = browser_of(cast.ishii)
    for _time in range(2):
        browser.get(PAGE)

    entry = Entry.objects.get(verb="oversight.opened")
    assert (entry.member_id, entry.purpose) == (cast.ishii.pk, "audit")


def test_what_was_changed_past_the_application_is_told_on_the_page(transactional_db, cast, browser_of, test_database):
    done(cast, 3)
    seal_all()
    sign_head()
    with test_database.owner.transaction():
        test_database.owner.execute("SET LOCAL session_replication_role = replica")
        test_database.owner.execute("UPDATE audit_leaf SET hash = sha256('x') WHERE number = 2")

    assert "書き換えられたおそれがあります" in browser_of(cast.ishii).get(PAGE).content.decode()


@pytest.mark.parametrize("person", ["ito", "sato", "tanaka", "kobayashi"])
def test_nobody_but_an_auditor_takes_the_ledger_out(cast, browser_of, person):
    browser = browser_of(cast[person])

    assert browser.get(PAGE).status_code == 403
    assert browser.post(f"{PAGE}export/").status_code == 403
    assert browser.get(f"{PAGE}verifier/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.export_ledger(by=cast[person])
    assert not Leaf.objects.exists()


def test_an_export_is_sealed_signed_and_holds_its_own_entry(cast, browser_of, tmp_path, capsys):
    done(cast, 3)

    answer = browser_of(cast.ishii).post(f"{PAGE}export/")

    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store, private"
    entry = Entry.objects.get(verb="oversight.exported")
    assert Leaf.objects.get(entry_id=entry.pk).number == TreeHead.objects.get().size == size_here()
    assert said_of(answer, tmp_path, capsys).startswith(f"OK {size_here()} ")


def test_an_export_leaves_nothing_out_however_long_it_is(cast, browser_of, tmp_path, capsys):
    done(cast, 2_500)

    assert said_of(browser_of(cast.ishii).post(f"{PAGE}export/"), tmp_path, capsys).startswith(f"OK {size_here()} ")
    assert size_here() > 2_500


def test_an_export_holds_nothing_of_another_environment(cast, browser_of):
    answer = body_of(browser_of(cast.ishii).post(f"{PAGE}export/")).decode()

    assert str(cast.environment.pk) in answer
    assert str(cast.elsewhere.pk) not in answer
    assert cast.hana.name not in answer


def test_a_ledger_that_was_changed_is_taken_out_all_the_same(
    transactional_db, cast, browser_of, test_database, tmp_path, capsys
):
    done(cast, 3)
    seal_all()
    sign_head()
    with test_database.owner.transaction():
        test_database.owner.execute("SET LOCAL session_replication_role = replica")
        test_database.owner.execute(
            "DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_leaf WHERE number = 2)"
        )

    assert said_of(browser_of(cast.ishii).post(f"{PAGE}export/"), tmp_path, capsys).startswith("NG deletion")


def test_an_auditors_program_takes_the_same_file(cast, browser_of, tmp_path, capsys):
    browser = browser_of(cast.ishii)

    assert said_of(browser.post(API), tmp_path, capsys).startswith("OK ")
    assert browser_of(cast.sato).post(API).status_code == 403


def test_the_program_is_handed_out_as_it_is(cast, browser_of):
    answer = browser_of(cast.ishii).get(f"{PAGE}verifier/")

    assert answer.content.decode() == Path(verify_ledger.__file__).read_text()
    assert 'filename="verify_ledger.py"' in answer.headers["Content-Disposition"]
