"""A list brings what certificates say: numbers, care levels, periods, granted days and needs; and takes it along when it goes."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import Numbered
from apps.clients.actions.imports import NewClient, Source
from apps.clients.models import Certification, Client, ClientNumber, ImportRun
from apps.clients.refusals import CertificationReversed, NumberMalformed, NumberTaken
from apps.clients.refusals.imports import BuiltUpon
from tests import makers
from tests.clients.addresses import address
from tests.clients.lists import carried, confirm, csv_of, upload

# The headings of a municipality's own list (被保険者台帳).
ELDERS = [
    "被保険者氏名",
    "被保険者氏名カナ",
    "生年月日",
    "被保険者番号",
    "保険者番号",
    "要介護状態区分",
    "認定有効期間開始日",
    "認定有効期間終了日",
]
ABE = ["阿部　一郎", "ｱﾍﾞ ｲﾁﾛｳ", "S15.5.5", "０００１２３４５６７", "032060", "要介護３", "R8.4.1", "R9.3.31"]
BABA = ["馬場 ミツ", "ばば みつ", "S12.1.2", "0007654321", "", "12", "2026-10-01", "2027-09-30"]
CHILDREN = [
    "児童氏名",
    "ふりがな",
    "生年月日",
    "受給者証番号",
    "支給量",
    "支給決定期間開始日",
    "支給決定期間終了日",
    "配慮事項",
]
CHIBA = ["千葉 あおい", "チバ アオイ", "2018/4/1", "1234567890", "10日", "R8.4.1", "R9.3.31", "医療的ケア、送迎"]


@pytest.fixture
def tanaka(browser_of, cast):
    return browser_of(cast.tanaka)


def elders(*rows):
    return csv_of(*rows, header=ELDERS, encoding="cp932")


def children(*rows):
    return csv_of(*rows, header=CHILDREN)


def without(row, **cells):
    """The row with other cells, by their place's name in the elders' list."""
    names = ("name", "kana", "born_on", "number", "insurer", "level", "first", "last")
    return [cells.get(name, cell) for name, cell in zip(names, row, strict=True)]


def named(name):
    return Client.objects.get(name=name)


def test_the_headings_of_a_municipality_are_known_and_everything_is_written(tanaka, cast):
    assert confirm(tanaka, cast, elders(ABE, BABA)).status_code == 302

    abe, baba = named("阿部 一郎"), named("馬場 ミツ")
    number = abe.numbers.get()
    assert (number.opened(), number.insurer_number, number.certificate) == ("0001234567", "032060", "insured")
    period = abe.certifications.get()
    assert (period.care_level, period.first_day, period.last_day) == ("23", date(2026, 4, 1), date(2027, 3, 31))
    assert (baba.numbers.get().masked, baba.certifications.get().care_level) == ("•••••••321", "12")


def test_a_childs_row_brings_its_recipient_number_days_and_needs(tanaka, cast):
    assert confirm(tanaka, cast, children(CHIBA)).status_code == 302

    chiba = named("千葉 あおい")
    assert chiba.needs == ["medical_care", "transport"]
    assert (chiba.numbers.get().certificate, chiba.numbers.get().opened()) == ("recipient", "1234567890")
    period = chiba.certifications.get()
    assert (period.certificate, period.granted_days, period.care_level) == ("recipient", 10, "")


def test_a_number_is_shown_masked_and_stored_unreadable(tanaka, cast):
    page = upload(tanaka, cast, elders(ABE)).content.decode()
    assert "•••••••567" in page
    assert "0001234567" not in page
    assert "要介護3" in page

    confirm(tanaka, cast, elders(ABE))
    assert b"0001234567" not in bytes(ClientNumber.objects.get().locked)
    assert "0001234567" not in str([vars(entry) for entry in Entry.objects.all()])


def test_each_number_and_period_has_its_entry_in_the_ledger(tanaka, cast):
    confirm(tanaka, cast, elders(ABE, BABA))

    run = ImportRun.objects.get()
    for verb in ("clients.number_written", "clients.certification_written"):
        entries = Entry.objects.filter(verb=verb, detail={"import": str(run.pk)})
        assert {entry.client_id for entry in entries} == set(run.clients.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"number": "12345"}, "10桁"),
        ({"insurer": "12"}, "6桁"),
        ({"level": "要介護9"}, "要介護度"),
        ({"first": "R8.2.30"}, "暦にありません"),
        ({"first": ""}, "開始日"),
        ({"level": ""}, "要介護度も支給量も"),
        ({"last": ""}, "最終日"),
        ({"first": "R9.4.1", "last": "R8.3.31"}, "初日より前"),
        ({"last": "R20.3.31"}, "5年"),
    ],
    ids=lambda value: "/".join(f"{key}={cell}" for key, cell in value.items()) if isinstance(value, dict) else value,
)
def test_a_cell_that_cannot_be_is_named_with_its_row_and_nobody_is_registered(tanaka, cast, cells, words):
    answer = upload(tanaka, cast, elders(BABA, without(ABE, **cells)))
    page = answer.content.decode()

    assert answer.status_code == 422
    [trouble] = [line for line in page.split("<tr") if "data-invalid" in line[:20]]
    assert words in trouble.split('class="cell-trouble"')[1]
    assert '<td class="number" data-label="行">3</td>' in trouble
    assert address("import_confirmed", cast) not in page
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [(4, "40日", "1から31"), (4, "たくさん", "1から31"), (7, "入浴", "医療的ケア"), (2, "S15.5.5", "お子さん")],
)
def test_a_childs_cell_that_cannot_be_is_named(tanaka, cast, place, cell, words):
    row = [*CHIBA[:place], cell, *CHIBA[place + 1 :]]
    answer = upload(tanaka, cast, children(row))

    assert answer.status_code == 422
    assert words in answer.content.decode().split('class="cell-trouble"')[1].split("</td>")[0]


def test_what_is_to_be_corrected_is_saved_as_a_list_without_a_name(tanaka, cast):
    shown = upload(tanaka, cast, elders(without(ABE, number="123", level="要介護9"), BABA, without(BABA, kana="馬場")))
    answer = tanaka.post(address("import_troubles", cast), carried(shown))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Disposition"] == 'attachment; filename="rows-to-correct.csv"'
    assert [row[:2] for row in rows[1:]] == [["2", "被保険者番号"], ["2", "要介護度"], ["4", "ふりがな"]]
    assert all(row[2] for row in rows)
    assert not any(word in answer.content.decode() for word in ("阿部", "馬場", "123"))
    assert Client.objects.count() == 1


def test_a_list_of_troubles_is_for_whoever_uploaded_it(browser_of, tanaka, cast):
    sent = carried(upload(tanaka, cast, elders(without(ABE, number="123"))))
    colleague = makers.make_member(cast.city, role="desk")

    assert browser_of(colleague).post(address("import_troubles", cast), sent).status_code == 422


def test_a_level_and_days_in_one_row_are_two_certificates(tanaka, cast):
    header, row = [*CHILDREN, "要介護度"], [*CHIBA, "要介護1"]
    answer = upload(tanaka, cast, csv_of(row, header=header))

    assert answer.status_code == 422
    assert "data-invalid" in answer.content.decode()


def test_a_wrong_check_digit_of_the_insurer_is_a_warning(tanaka, cast):
    page = upload(tanaka, cast, elders(without(ABE, insurer="032061"))).content.decode()

    assert 'data-tone="warning"' in page
    assert address("import_confirmed", cast) in page


def test_the_same_number_twice_in_a_list_is_blamed_where_it_stands_again(tanaka, cast):
    page = upload(tanaka, cast, elders(ABE, without(BABA, number=ABE[3]))).content.decode()

    assert page.count("data-invalid") == 1
    assert "2行目" in page.split("data-invalid")[1].split("</tr>")[0]


def test_somebody_is_known_by_their_number_though_the_name_was_written_differently(tanaka, cast):
    makers.make_number(cast.hana, by=cast.tanaka, number="0001234567")
    row = without(ABE, name="佐々木 はな子", kana="ささき はなこ", born_on="S17.3.9")
    confirm(tanaka, cast, elders(row, BABA))

    run = ImportRun.objects.get()
    assert (run.brought, run.already_there) == (1, 1)
    assert cast.hana.numbers.count() == 1


@pytest.mark.parametrize("is_seen", [True, False], ids=["seen", "hidden"])
def test_a_number_of_somebody_else_keeps_the_list_out_and_does_not_tell_who_it_is(browser_of, cast, is_seen):
    makers.make_number(cast.hana, by=cast.tanaka, number="0001234567")
    other = makers.make_organization(cast.environment, "さくら川市 こども課", "city_division")
    clerk = cast.tanaka if is_seen else makers.make_member(other, role="desk")
    answer = upload(browser_of(clerk), cast, elders(ABE))

    assert answer.status_code == 422
    assert "佐々木" not in answer.content.decode()
    with pytest.raises(NumberTaken):
        import_one(cast, by=clerk)
    assert Client.objects.count() == 1


def import_one(cast, *, by=None, **facts):
    one = NewClient(
        "阿部", "あべ", date(1940, 1, 1), **{"numbers": (Numbered("insured", "0001234567", "032060"),), **facts}
    )
    return actions.import_clients(people=[one], source=Source("d", "h", {"name": 0}), by=by or cast.tanaka)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"numbers": (Numbered("insured", "1"),)}, NumberMalformed),
        (
            {"granted": actions.Granted("insured", date(2026, 4, 1), date(2026, 3, 1), care_level="23")},
            CertificationReversed,
        ),
    ],
)
def test_the_verb_refuses_what_the_page_refuses(cast, facts, refusal):
    with pytest.raises(refusal):
        import_one(cast, **facts)
    assert (Client.objects.count(), ImportRun.objects.count()) == (1, 0)


def test_what_the_list_brought_goes_with_it_and_nothing_else(tanaka, cast):
    own = makers.make_number(cast.hana, by=cast.tanaka, number="0009999999")
    period = makers.make_certification(cast.hana, by=cast.tanaka)
    confirm(tanaka, cast, elders(ABE, BABA))
    actions.take_back_import(run=ImportRun.objects.get(), by=cast.tanaka)

    assert list(Client.objects.all()) == [cast.hana]
    assert (list(ClientNumber.objects.all()), list(Certification.objects.all())) == ([own], [period])
    # The numbers are free again.
    assert confirm(tanaka, cast, elders(ABE, BABA)).status_code == 302


def a_corrected_number(cast, abe):
    actions.write_number(client=abe, certificate="insured", number="0002222222", by=cast.tanaka)


def a_struck_number(cast, abe):
    actions.strike_number(number=abe.numbers.get(), by=cast.tanaka)


def a_renewal(cast, abe):
    granted = actions.Granted("insured", date(2027, 4, 1), date(2028, 3, 31), care_level="23")
    actions.write_certification(client=abe, granted=granted, by=cast.tanaka)


def an_announced_end(cast, abe):
    makers.make_reminder(abe.certifications.get())


@pytest.mark.parametrize("build", [a_corrected_number, a_struck_number, a_renewal, an_announced_end])
def test_what_was_written_upon_it_keeps_the_whole_list(tanaka, cast, build):
    confirm(tanaka, cast, elders(ABE, BABA))
    build(cast, named("阿部 一郎"))

    with pytest.raises(BuiltUpon):
        actions.take_back_import(run=ImportRun.objects.get(), by=cast.tanaka)
    assert Client.objects.count() == 3


def test_a_list_with_numbers_and_periods_needs_a_constant_number_of_statements(cast):
    counts = []
    for number in (10, 300):
        people = [
            NewClient(
                f"計測 {number} {nth}",
                makers.reading_of(nth),
                date(1940, 1, 1),
                numbers=(Numbered("insured", f"{number:04}{nth:06}"),),
                granted=actions.Granted("insured", date(2026, 4, 1), date(2027, 3, 31), care_level="23"),
            )
            for nth in range(number)
        ]
        with CaptureQueriesContext(connection) as seen:
            actions.import_clients(people=people, source=Source(str(number), "h", {"name": 0}), by=cast.tanaka)
        counts.append(len(seen))

    assert counts[0] == counts[1]
