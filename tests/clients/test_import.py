"""A list of clients: nothing is registered before every row is right and somebody has confirmed; then all or nobody."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.actions.imports import NewClient, Source
from apps.clients.forms.imports import MOST_CLIENTS
from apps.clients.models import Client, ImportRun
from apps.clients.refusals.imports import ImportedAlready, ImportIsForDivisions, NothingToImport
from apps.kernel.refusals import IndividualNumber
from tests import makers
from tests.clients.addresses import address
from tests.clients.lists import ABE, BABA, CHIBA, HEADER, carried, confirm, csv_of, upload, workbook_of

# Invented, with the check digit of an individual number.
INDIVIDUAL_NUMBER = "123456789018"


@pytest.fixture
def tanaka(browser_of, cast):
    return browser_of(cast.tanaka)


def source(digest="d"):
    return Source(digest=digest, header="h", places={"name": 0})


def people(number=2):
    return [NewClient(f"計測 {nth}", makers.reading_of(nth), date(1940, 1, 1)) for nth in range(number)]


@pytest.mark.parametrize("make", [csv_of, workbook_of, lambda *rows: csv_of(*rows, encoding="cp932")])
def test_a_list_is_shown_as_it_was_understood_and_nobody_is_registered_yet(tanaka, cast, make):
    answer = upload(tanaka, cast, make(ABE, BABA, CHIBA))
    page = answer.content.decode()

    assert answer.status_code == 200
    for words in ("阿部 一郎", "あべ いちろう", "昭和15年5月5日", "平成30年4月1日", "さくら小"):
        assert words in page
    assert Client.objects.count() == 1


def test_a_confirmed_list_is_registered_in_the_charge_of_the_division(tanaka, cast):
    answer = confirm(tanaka, cast, csv_of(ABE, BABA, CHIBA))

    run = ImportRun.objects.get()
    assert answer.url == address("import", cast, run_id=run.pk)
    assert (run.brought, run.already_there, run.imported_by) == (3, 0, cast.tanaka)
    abe = Client.objects.get(name="阿部 一郎")
    assert (abe.kana, abe.born_on, abe.area, abe.division) == ("あべ いちろう", date(1940, 5, 5), "黒沢尻", cast.city)
    assert Client.objects.get(name="千葉 あおい").school_district == "さくら小"
    assert tanaka.get(address("client", cast, client_id=abe.pk)).status_code == 200


def test_every_imported_client_is_in_the_ledger_and_the_import_too(tanaka, cast):
    confirm(tanaka, cast, csv_of(ABE, BABA))

    run = ImportRun.objects.get()
    registered = Entry.objects.filter(verb="clients.registered", detail={"import": str(run.pk)})
    assert {entry.client_id for entry in registered} == set(run.clients.values_list("pk", flat=True))
    entry = Entry.objects.get(verb="clients.imported")
    assert (entry.subject_id, entry.detail, entry.member_id) == (str(run.pk), {"clients": 2}, cast.tanaka.pk)
    assert "阿部" not in str([vars(one) for one in Entry.objects.all()])


@pytest.mark.parametrize(
    ("person", "status"),
    [("sato", 403), ("suzuki", 403), ("ito", 403), ("ishii", 403), ("kobayashi", 403), ("matsumoto", 403)],
)
def test_only_people_of_a_division_import(browser_of, cast, person, status):
    assert upload(browser_of(cast[person]), cast, csv_of(ABE)).status_code == status
    assert browser_of(cast[person]).post(address("import_confirmed", cast), {}).status_code == status


def test_an_office_is_told_that_it_registers_with_the_signed_consent(cast):
    with pytest.raises(ImportIsForDivisions):
        actions.import_clients(people=people(), source=source(), by=cast.sato)
    assert Client.objects.count() == 1


# -- columns


def test_columns_are_known_by_other_headings_and_in_any_order(tanaka, cast):
    header = ["No.", "生年月日", "利用者氏名", "電話番号", "カナ氏名"]
    confirm(tanaka, cast, csv_of(["1", "S15.5.5", "阿部 一郎", "0197-00-0000", "アベ イチロウ"], header=header))

    assert Client.objects.get(name="阿部 一郎").kana == "あべ いちろう"


def test_a_column_that_is_not_known_is_asked_for_and_then_remembered(tanaka, cast):
    strange = ["ご本人", "読み方", "お誕生", "地区"]
    asked = upload(tanaka, cast, csv_of(ABE[:4], header=strange))
    assert asked.status_code == 422
    sealed = carried(asked)["sealed"]

    chosen = {"name": "0", "kana": "1", "born_on": "2", "area": "3", "school_district": ""}
    shown = tanaka.post(address("import_preview", cast), {"sealed": sealed, **chosen})
    assert shown.status_code == 200
    assert tanaka.post(address("import_confirmed", cast), carried(shown)).status_code == 302

    # The next list with this header is read at once; one with another header is not.
    assert upload(tanaka, cast, csv_of(BABA[:4], header=strange)).status_code == 200
    assert upload(tanaka, cast, csv_of(BABA[:4], header=[*strange[:3], "町"])).status_code == 422


@pytest.mark.parametrize(
    "chosen",
    [
        {"name": "0", "kana": "0", "born_on": "2"},
        {"name": "0", "kana": "1", "born_on": ""},
        {"name": "0", "kana": "1", "born_on": "99"},
        {"name": "0", "kana": "1", "born_on": "x"},
        {},
    ],
    ids=["one column twice", "none", "not in the list", "no number", "nothing"],
)
def test_columns_that_cannot_be_are_named_and_nobody_is_registered(tanaka, cast, chosen):
    sealed = carried(upload(tanaka, cast, csv_of(ABE)))["sealed"]
    for step in ("import_preview", "import_confirmed"):
        answer = tanaka.post(address(step, cast), {"sealed": sealed, **chosen})
        assert answer.status_code == 422
        assert "_error" in answer.content.decode()
    assert Client.objects.count() == 1


# -- rows


def changed(**cells):
    return [cells.get(name, cell) for name, cell in zip(("name", "kana", "born_on", "area"), ABE[:4], strict=True)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (changed(name=""), "入力または選択"),
        (changed(name="あ" * 81), "80"),
        (changed(kana=""), "入力または選択"),
        (changed(kana="阿部"), "ふりがな"),
        (changed(born_on=""), "入力または選択"),
        (changed(born_on="S23.2.30"), "暦にありません"),
        (changed(born_on="2026-02-30"), "暦にありません"),
        (changed(born_on="H1.1.7"), "平成"),
        (changed(born_on="R99.1.1"), "まだ来ていない"),
        (changed(born_on="1890-01-01"), "130"),
        (changed(born_on="いつか"), "S23.4.1"),
        (changed(area="あ" * 81), "80"),
    ],
    ids=lambda value: "/".join(value)[:30] if isinstance(value, list) else value,
)
def test_a_bad_row_is_named_with_its_number_and_a_sentence_and_nothing_can_be_confirmed(tanaka, cast, row, words):
    answer = upload(tanaka, cast, csv_of(BABA[:4], row, header=HEADER[:4]))
    page = answer.content.decode()

    assert answer.status_code == 422
    [trouble] = [line for line in page.split("<tr") if "data-invalid" in line[:20]]
    assert '<td class="number" data-label="行">3</td>' in trouble
    assert words in trouble.split('class="cell-trouble"')[1]
    assert "import_confirmed" not in page
    assert address("import_confirmed", cast) not in page
    assert Client.objects.count() == 1


def test_a_bad_row_cannot_be_confirmed_past_the_page(tanaka, cast):
    sent = carried(upload(tanaka, cast, csv_of(BABA, changed(born_on="S23.2.30")))) | {"name": "0", "kana": "1"}
    answer = tanaka.post(address("import_confirmed", cast), sent | {"born_on": "2"})

    assert answer.status_code == 422
    assert Client.objects.count() == 1


@pytest.mark.parametrize("place", [0, 3, 4], ids=["in a field", "in another field", "in a column nobody reads"])
def test_an_individual_number_refuses_the_whole_file_and_is_repeated_nowhere(tanaka, cast, place):
    row = [*ABE[:4], ""]
    row[place] = INDIVIDUAL_NUMBER
    answer = upload(tanaka, cast, csv_of(BABA, row, header=[*HEADER[:4], "備考"]))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "3" in page.split('id="id_sheet_error"')[1].split("</p>")[0]
    assert INDIVIDUAL_NUMBER not in page
    assert 'name="sealed"' not in page


def test_an_individual_number_is_refused_by_the_verb_too(cast):
    with pytest.raises(IndividualNumber):
        actions.import_clients(
            people=[NewClient("阿部", "あべ", date(1940, 1, 1), area=INDIVIDUAL_NUMBER)],
            source=source(),
            by=cast.tanaka,
        )


def test_somebody_who_stands_twice_is_named_where_they_stand_again(tanaka, cast):
    again = ["阿部 一郎", "あべ いちろう", "昭和15年5月5日", "別の町", ""]
    page = upload(tanaka, cast, csv_of(ABE, BABA, again)).content.decode()

    assert page.count("data-invalid") == 1
    assert "2行目" in page.split("data-invalid")[1].split("</tr>")[0]


def test_somebody_who_is_registered_already_is_left_alone(tanaka, cast):
    hana = ["佐々木　ハナ", "ササキ ハナ", "S17.3.9", "新しい町", ""]
    answer = confirm(tanaka, cast, csv_of(hana, ABE))

    assert answer.status_code == 302
    cast.hana.refresh_from_db()
    assert (cast.hana.area, cast.hana.brought_by) == ("", None)
    run = ImportRun.objects.get()
    assert (run.brought, run.already_there) == (1, 1)
    assert Entry.objects.filter(verb="clients.namesakes_shown").first().detail["clients"] == [str(cast.hana.pk)]


def test_a_namesake_of_the_same_birthday_is_a_warning(tanaka, cast):
    page = upload(tanaka, cast, csv_of(["佐佐木 花", "ささき はな", "S17.3.9", "", ""])).content.decode()
    assert 'data-tone="warning"' in page
    assert address("import_confirmed", cast) in page


def test_a_list_does_not_tell_whom_another_division_cares_for(browser_of, cast):
    other = makers.make_organization(cast.environment, "さくら川市 こども課", "city_division")
    clerk = makers.make_member(other, role="desk")
    page = upload(browser_of(clerk), cast, csv_of(["佐々木 ハナ", "ささき はな", "S17.3.9", "", ""])).content.decode()

    assert 'data-tone="warning"' not in page
    assert address("import_confirmed", cast) in page


# -- files


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"\x89PNG\r\n\x1a\n", 422),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or locked", 422),
        (csv_of(), 422),
        (csv_of(*[ABE] * (MOST_CLIENTS + 1)), 422),
        (csv_of(ABE) + b"\n" * 5 * 1024 * 1024, 413),
    ],
    ids=["empty", "a picture", "an old Excel file", "a header only", "too many rows", "too heavy"],
)
def test_a_wrong_file_comes_back_with_its_sentence(tanaka, cast, content, status):
    answer = upload(tanaka, cast, content)
    assert answer.status_code == status
    assert "_error" in answer.content.decode()


def test_a_formula_is_read_as_the_value_that_was_shown_or_as_nothing(tanaka, cast):
    answer = upload(tanaka, cast, workbook_of(['=HYPERLINK("http://example.com","x")', *ABE[1:]]), "list.xlsx")
    assert answer.status_code == 422
    assert "HYPERLINK" not in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_filled_in_and_uploaded(tanaka, cast, form):
    empty = tanaka.get(address("import_template", cast, form=form)).content
    if form == "csv":
        filled = empty + ",".join(ABE).encode()
    else:
        import io

        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(empty))
        book.worksheets[0].append(ABE)
        kept = io.BytesIO()
        book.save(kept)
        filled = kept.getvalue()

    assert confirm(tanaka, cast, filled).status_code == 302
    assert Client.objects.filter(name="阿部 一郎").exists()


def test_there_is_no_template_of_another_form(tanaka, cast):
    assert tanaka.get(address("import_template", cast, form="exe")).status_code == 404


# -- once, whole, and fast


@pytest.mark.parametrize("step", ["import_preview", "import_confirmed"])
def test_what_was_not_uploaded_by_this_person_cannot_be_confirmed(tanaka, browser_of, cast, step):
    sent = carried(upload(tanaka, cast, csv_of(ABE)))
    colleague = makers.make_member(cast.city, role="desk")
    for browser, sealed in [(tanaka, ""), (tanaka, sent["sealed"][:-5]), (browser_of(colleague), sent["sealed"])]:
        assert browser.post(address(step, cast), sent | {"sealed": sealed}).status_code == 422
    assert Client.objects.count() == 1


def test_the_same_list_is_imported_once_however_often_the_button_is_pressed(tanaka, cast):
    sent = carried(upload(tanaka, cast, csv_of(ABE, BABA)))
    assert tanaka.post(address("import_confirmed", cast), sent).status_code == 302
    assert tanaka.post(address("import_confirmed", cast), sent).status_code == 422
    assert Client.objects.filter(name="阿部 一郎").count() == 1


def test_the_same_list_by_two_hands_meets_the_constraint(cast):
    actions.import_clients(people=people(), source=source("same"), by=cast.tanaka)
    with pytest.raises(ImportedAlready):
        actions.import_clients(people=people(), source=source("same"), by=cast.tanaka)
    with pytest.raises(IntegrityError, match="a_list_is_imported_once"), transaction.atomic():
        ImportRun.objects.create(
            environment=cast.environment, organization=cast.city, imported_by=cast.tanaka, digest="same", header="h",
            places={}, brought=1, already_there=0,
        )  # fmt: skip
    assert Client.objects.filter(name="計測 0").count() == 1


def test_a_list_in_which_everybody_is_known_imports_nothing(tanaka, cast):
    answer = upload(tanaka, cast, csv_of(["佐々木 ハナ", "ささき はな", "S17.3.9", "", ""]))
    assert address("import_confirmed", cast) not in answer.content.decode()
    with pytest.raises(NothingToImport):
        actions.import_clients(people=[], source=source(), by=cast.tanaka)


def test_a_list_needs_a_constant_number_of_statements(cast):
    counts = []
    for number in (10, 500):
        with CaptureQueriesContext(connection) as seen:
            actions.import_clients(people=people(number), source=source(str(number)), by=cast.tanaka)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_body_of_200_megabytes_is_refused_before_it_is_read(tanaka, cast):
    answer = tanaka.post(
        address("imports", cast), {"sheet": SimpleUploadedFile("list.csv", b"x")}, CONTENT_LENGTH=200 * 1024 * 1024
    )
    assert answer.status_code == 413
