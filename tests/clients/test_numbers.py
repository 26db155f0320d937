"""Numbers of certificates: encrypted, masked, opened by a deed, unique, and never in a log, an address or the ledger."""

import logging

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import ClientNumber
from apps.clients.refusals import Dubious, InsurerNumberMalformed, NumberMalformed, NumberTaken
from apps.kernel.refusals import IndividualNumber, NotAllowed
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover

NUMBER = "0001234567"


def write(cast, client=None, number=NUMBER, **more):
    about = {"certificate": "insured", "by": cast.sato, **more}
    return actions.write_number(client=client or cast.hana, number=number, **about)


def send(browser_of, cast, person="sato", **sent):
    form = {"certificate": "insured", "number": NUMBER, **sent}
    return browser_of(cast[person]).post(address("new_number", cast, client_id=cast.hana.pk), form)


def opening(cast, number):
    return address("open_number", cast, client_id=number.client_id, number_id=number.pk)


# -- encrypted and masked


def test_nothing_in_the_database_reads_as_the_number(cast):
    write(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clients_clientnumber::text, encode(locked, 'escape') FROM clients_clientnumber")
        assert NUMBER not in str(cursor.fetchall())
        cursor.execute("SELECT string_agg(audit_entry::text, '') FROM audit_entry")
        assert NUMBER not in str(cursor.fetchall())
    assert ClientNumber.objects.get().opened() == NUMBER


def test_a_number_is_shown_by_its_last_three_digits_everywhere(browser_of, cast):
    number = write(cast)
    for path in (
        address("client", cast, client_id=cast.hana.pk),
        address("strike_number", cast, client_id=cast.hana.pk, number_id=number.pk),
        reverse("clients_api:numbers", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk}),
    ):
        page = browser_of(cast.sato).get(path).content.decode()
        assert NUMBER not in page
        assert "•••••••567" in page or "\\u2022567" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_opening_is_a_deed_with_an_entry_of_its_own_each_time(browser_of, cast, htmx):
    number = write(cast)
    headers = {"HX-Request": "true"} if htmx else {}
    for times in (1, 2):
        answer = browser_of(cast.suzuki).post(opening(cast, number), headers=headers)
        assert answer.status_code == 200
        assert NUMBER in answer.content.decode()
        assert ("<html" in answer.content.decode()) is not htmx
        assert "no-store" in answer["Cache-Control"]
        entries = Entry.objects.filter(verb="clients.number_opened", member_id=cast.suzuki.pk, client_id=cast.hana.pk)
        assert entries.count() == times
    assert NUMBER not in str([entry.__dict__ for entry in Entry.objects.all()])


def test_looking_is_not_opening(browser_of, cast):
    number = write(cast)
    assert browser_of(cast.sato).get(opening(cast, number)).status_code == 405
    browser_of(cast.sato).get(address("client", cast, client_id=cast.hana.pk))
    assert not Entry.objects.filter(verb="clients.number_opened").exists()


def test_somebody_let_in_by_hand_sees_it_masked_and_does_not_open_it(browser_of, cast):
    number = write(cast)
    cover(cast.hana, cast.takahashi.organization)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    page = browser_of(cast.takahashi).get(address("client", cast, client_id=cast.hana.pk)).content.decode()
    assert "•••••••567" in page
    assert opening(cast, number) not in page
    assert browser_of(cast.takahashi).post(opening(cast, number)).status_code == 403
    with pytest.raises(NotAllowed):
        actions.open_number(number=number, by=cast.takahashi)


def test_a_number_appears_in_no_log(browser_of, cast, caplog):
    with caplog.at_level(logging.DEBUG):
        send(browser_of, cast)
        browser_of(cast.sato).post(opening(cast, ClientNumber.objects.get()))
        send(browser_of, cast, number="12345678901")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert NUMBER not in str(ours)
    assert "12345678901" not in str(ours)


# -- written


@pytest.mark.parametrize(
    ("certificate", "typed", "kept"),
    [
        ("insured", "0001234567", "0001234567"),
        ("insured", "０００１２３４５６７", "0001234567"),
        ("insured", "00012-34567", "0001234567"),
        ("insured", "h123456789", "H123456789"),
        ("recipient", "0001234567", "0001234567"),
    ],
)
def test_a_number_is_understood_however_it_is_typed(cast, certificate, typed, kept):
    assert write(cast, number=typed, certificate=certificate).opened() == kept


@pytest.mark.parametrize(
    ("certificate", "typed", "refusal"),
    [
        ("insured", "123456789", NumberMalformed),
        ("insured", "12345678901", NumberMalformed),
        ("insured", "X123456789", NumberMalformed),
        ("recipient", "H123456789", NumberMalformed),
        ("insured", "", NumberMalformed),
        ("insured", "123456789018", IndividualNumber),
        ("recipient", "１２３４ ５６７８ ９０１８", IndividualNumber),
    ],
)
def test_what_is_no_such_number_is_refused_and_nothing_is_written(cast, certificate, typed, refusal):
    with pytest.raises(refusal):
        write(cast, number=typed, certificate=certificate)
    assert not ClientNumber.objects.exists()


def test_the_page_says_what_was_wrong_beside_the_field(browser_of, cast):
    for field, sent in {
        "number": {"number": "12345"},
        "insurer_number": {"insurer_number": "12"},
        "certificate": {"certificate": "x"},
    }.items():
        answer = send(browser_of, cast, **sent)
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in answer.content.decode()
    assert send(browser_of, cast, number="123456789018").status_code == 422
    assert "マイナンバー" in send(browser_of, cast, number="123456789018").content.decode()
    assert not ClientNumber.objects.exists()


def test_an_insurer_number_is_warned_about_once_and_taken_when_somebody_has_looked(browser_of, cast):
    # 北上市 032060 [domain §2.4]; the last digit of 032061 does not fit.
    with pytest.raises(Dubious):
        write(cast, insurer_number="032061")
    asked = send(browser_of, cast, insurer_number="032061")
    assert asked.status_code == 422
    assert "is_checked" in asked.content.decode()
    assert send(browser_of, cast, insurer_number="032061", is_checked="on").status_code == 302
    assert ClientNumber.objects.get().insurer_number == "032061"


@pytest.mark.parametrize("insurer", ["03206", "0320600", "03206a"])
def test_an_insurer_number_has_six_digits(cast, insurer):
    with pytest.raises(InsurerNumberMalformed):
        write(cast, insurer_number=insurer)


def test_one_that_fits_is_not_asked_about(browser_of, cast):
    assert send(browser_of, cast, insurer_number="032060").status_code == 302


def test_another_number_strikes_out_the_one_before(cast):
    former = write(cast)
    present = write(cast, number="0007654321")
    former.refresh_from_db()
    assert (former.stands, former.struck_by) == (False, cast.sato)
    assert list(ClientNumber.objects.standing()) == [present]


def test_a_number_written_by_mistake_is_struck_out_and_kept(browser_of, cast):
    number = write(cast)
    url = address("strike_number", cast, client_id=cast.hana.pk, number_id=number.pk)
    assert browser_of(cast.sato).post(url).status_code == 302
    assert browser_of(cast.sato).post(url).status_code == 422
    assert ClientNumber.objects.count() == 1
    assert not ClientNumber.objects.standing().exists()


# -- the same number twice


@pytest.fixture
def other(cast):
    """A client whom takahashi's organization does not see, and the division does."""
    return makers.make_client(cast.environment, seats=[], division=cast.city, name="高橋 正", kana="たかはし ただし")


@pytest.mark.parametrize(("first", "second"), [("", ""), ("032060", ""), ("", "032060"), ("032060", "032060")])
def test_a_number_belongs_to_one_client(cast, other, first, second):
    write(cast, insurer_number=first)
    with pytest.raises(NumberTaken):
        write(cast, client=other, by=cast.tanaka, insurer_number=second)


def test_two_insurers_may_give_the_same_number(cast, other):
    write(cast, insurer_number="032060")
    assert write(cast, client=other, by=cast.tanaka, insurer_number="462143")


def test_a_number_that_was_struck_out_is_free_again(cast, other):
    actions.strike_number(number=write(cast), by=cast.sato)
    assert write(cast, client=other, by=cast.tanaka)


def test_the_database_refuses_it_also_past_the_verb(cast, other):
    makers.make_number(cast.hana, by=cast.sato)
    with pytest.raises(IntegrityError, match="a_number_belongs_to_one_client"), transaction.atomic():
        makers.make_number(other, by=cast.tanaka)
    with pytest.raises(IntegrityError, match="one_number_of_a_kind_per_client"), transaction.atomic():
        makers.make_number(cast.hana, by=cast.sato, number="0007654321")


def test_who_sees_the_holder_is_shown_them_and_who_does_not_learns_no_name(browser_of, cast, other):
    write(cast, client=other, by=cast.tanaka)

    unseen = send(browser_of, cast, "sato")
    assert unseen.status_code == 422
    assert other.name not in unseen.content.decode()
    assert str(other.pk) not in unseen.content.decode()

    seen = send(browser_of, cast, "tanaka")
    assert seen.status_code == 422
    assert other.name in seen.content.decode()
    assert Entry.objects.filter(verb="clients.holder_shown", client_id=other.pk).count() == 1
    # Whoever tries numbers leaves a trace.
    assert Entry.objects.filter(outcome="refused", reason="number_taken").count() == 2


# -- keys


def test_new_keys_lock_every_number_anew_and_then_the_old_key_can_go(cast, settings):
    settings.DATA_KEYS = ["old-key-" * 8]
    struck = write(cast, number="0007654321")
    number = write(cast)

    settings.DATA_KEYS = ["new-key-" * 8, "old-key-" * 8]
    other = makers.make_client(cast.environment, seats=[], division=cast.city)
    with pytest.raises(NumberTaken):
        write(cast, client=other, by=cast.tanaka)
    call_command("renew_data_keys")

    settings.DATA_KEYS = ["new-key-" * 8]
    assert ClientNumber.objects.get(pk=number.pk).opened() == NUMBER
    assert ClientNumber.objects.get(pk=struck.pk).opened() == "0007654321"
    with pytest.raises(NumberTaken):
        write(cast, client=other, by=cast.tanaka)


# -- programs


def api(name, cast, **more):
    return reverse(f"clients_api:{name}", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk, **more})


def test_a_program_writes_reads_masked_opens_and_strikes(browser_of, cast):
    sato = browser_of(cast.sato)
    sent = {"certificate": "insured", "number": NUMBER, "insurer_number": "032060"}
    written = sato.post(api("numbers", cast), sent, content_type="application/json")
    assert written.status_code == 201
    assert written.json()["masked"] == "•••••••567"
    assert NUMBER not in written.content.decode()
    [read] = sato.get(api("numbers", cast)).json()
    assert read == written.json()
    opened = sato.post(api("opening", cast, number_id=read["id"]))
    assert opened.json() == {"number": NUMBER}
    assert "no-store" in opened["Cache-Control"]
    assert Entry.objects.filter(verb="clients.number_opened", channel="api").count() == 1
    assert sato.delete(api("number", cast, number_id=read["id"])).status_code == 204
    assert sato.get(api("numbers", cast)).json() == []


def test_a_program_is_told_what_was_wrong(browser_of, cast):
    sato = browser_of(cast.sato)
    for sent, code in [
        ({"number": "123"}, "number_malformed"),
        ({"number": "123456789018"}, "individual_number"),
        ({"number": NUMBER, "insurer_number": "032061"}, "insurer_number_dubious"),
    ]:
        answer = sato.post(api("numbers", cast), {"certificate": "insured", **sent}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (422, code)
