"""The wording of the consent form: written by the admin, kept in versions, printed with the version on every sheet."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import ConsentRecord, ConsentWording, PrintedForm, Seat
from apps.clients.printing import consent_pdf
from apps.clients.refusals.wordings import WordingIsTheHouses, WordingMoved, WordingSame
from apps.clients.wording import house_wording
from apps.kernel.refusals import NotAllowed
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import in_api, on_page

OWN = "さくら川市 同意書\n私は、支援の目的に必要な範囲で使用することに同意します。\n同意はいつでも撤回できます。"


def words_on(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


# -- versions


def test_the_admin_writes_a_version_and_it_is_printed_from_then_on(browser_of, cast):
    before = actions.print_form(client=cast.hana, by=cast.sato)

    answer = browser_of(cast.ito).post(address("wording", cast), {"text": OWN, "after": "1"})

    assert answer.status_code == 302
    after = actions.print_form(client=cast.hana, by=cast.sato)
    assert [(one.number, one.is_own) for one in ConsentWording.objects.all()] == [(2, True), (1, False)]
    assert (before.wording.number, after.wording.number) == (1, 2)
    assert "さくら川市 同意書" in words_on(consent_pdf(after, reader=cast.sato))
    assert "さくら川市 同意書" not in words_on(consent_pdf(before, reader=cast.sato))
    assert Entry.objects.get(verb="clients.wording_written", detail__is_own=True).detail["number"] == 2


@pytest.mark.parametrize("person", ["sato", "tanaka", "ishii"])
def test_nobody_but_the_admin_writes_it(browser_of, cast, person):
    assert browser_of(cast[person]).post(address("wording", cast), {"text": OWN}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.write_wording(text=OWN, after=0, by=cast[person])

    assert not ConsentWording.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "表題"),
        ("同意書の表題だけ", "表題"),
        ("同意書\n目的に使用します。", "撤回"),
        ("承諾書\n目的に使用します。撤回できます。", "同意"),
        (OWN + "\n長い条項です。" * 400, "A4"),
        (OWN + "\n行" * 300, "A4"),
        (OWN + "\n個人番号 1234 5678 9018", "個人番号"),
    ],
    ids=["empty", "no paragraph", "no withdrawal", "no consent", "too many signs", "too many lines", "my number"],
)
def test_a_text_that_is_no_form_is_refused_in_words_and_kept_as_typed(browser_of, cast, text, said):
    answer = browser_of(cast.ito).post(address("wording", cast), {"text": text, "after": "0"})

    assert answer.status_code == 422
    assert said in answer.text
    assert "行" not in text or text.splitlines()[-1] in answer.text
    assert not ConsentWording.objects.exists()


def test_the_house_text_comes_back_as_a_further_version(browser_of, cast):
    actions.write_wording(text=OWN, after=0, by=cast.ito)

    assert browser_of(cast.ito).post(address("house_wording", cast)).status_code == 302

    newest = ConsentWording.objects.order_by("-number")[0]
    assert (newest.number, newest.is_own, newest.text) == (2, False, house_wording())
    with pytest.raises(WordingIsTheHouses):
        actions.return_to_house_wording(after=2, by=cast.ito)


def test_who_has_not_seen_the_newest_version_does_not_write_over_it(cast):
    actions.write_wording(text=OWN, after=0, by=cast.ito)

    with pytest.raises(WordingMoved):
        actions.write_wording(text=OWN + "\n加筆", after=0, by=cast.ito)
    with pytest.raises(WordingSame):
        actions.write_wording(text=OWN, after=1, by=cast.ito)
    with pytest.raises(IntegrityError, match="versions_of_a_wording_are_numbered"), transaction.atomic():
        makers.make_wording(cast.ito)


@pytest.mark.parametrize("model", [ConsentWording, PrintedForm])
def test_versions_and_sheets_are_never_changed_or_removed(cast, model):
    makers.make_form(cast.hana, by=cast.sato)

    for statement in (f"UPDATE {model._meta.db_table} SET number = 9", f"DELETE FROM {model._meta.db_table}"):
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_release_with_another_house_text_is_a_version_of_its_own(cast, settings, tmp_path):
    actions.print_form(client=cast.hana, by=cast.sato)
    other = tmp_path / "other.txt"
    other.write_text("\ufeff別の同意書\n\n 目的に同意します。\n撤回できます。\n", encoding="utf-8")
    settings.CONSENT_TEXT = str(other)

    form = actions.print_form(client=cast.hana, by=cast.sato)

    assert (form.wording.number, form.wording.text) == (2, "別の同意書\n目的に同意します。\n撤回できます。")


# -- the preview


def test_the_preview_shows_what_is_typed_and_keeps_nothing(browser_of, cast):
    answer = browser_of(cast.ito).post(address("wording_preview", cast), {"text": OWN})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "さくら川市 同意書" in words_on(answer.content)
    assert "見本 花子" in words_on(answer.content)
    assert not ConsentWording.objects.exists()


def test_a_former_version_is_shown_and_begun_with(browser_of, cast):
    actions.write_wording(text=OWN, after=0, by=cast.ito)
    actions.return_to_house_wording(after=1, by=cast.ito)
    admin = browser_of(cast.ito)

    assert "第1版" in words_on(admin.get(address("wording_version", cast, wording_number=1)).content)
    assert "さくら川市 同意書" in admin.get(address("wording", cast) + "?from=1").text
    assert "さくら川市 同意書" not in admin.get(address("wording", cast)).text
    assert admin.get(address("wording_version", cast, wording_number=3)).status_code == 404


# -- sheets


def test_the_sheet_is_a_pdf_that_bears_its_version_and_tells_no_name_outside_of_itself(browser_of, cast):
    leading = browser_of(cast.sato).post(address("print_form", cast, client_id=cast.hana.pk))
    answer = browser_of(cast.sato).get(leading.url)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="consent-form.pdf"'
    assert "第1版" in words_on(answer.content)
    assert "発行番号 1" in words_on(answer.content)
    assert "佐々木 ハナ" in words_on(answer.content)
    entry = Entry.objects.get(verb="clients.consent_form_printed")
    assert (entry.client_id, entry.detail) == (cast.hana.pk, {"number": 1, "wording": 1})


def test_a_sheet_names_the_organizations_of_its_day_when_it_is_opened_again(cast):
    form = makers.make_form(cast.hana, by=cast.sato)
    Seat.objects.filter(client=cast.hana, organization=cast.aozora).update(
        valid_to=timezone.now() + timedelta(seconds=1)
    )
    later = makers.make_form(cast.hana, by=cast.sato, number=2, printed_at=timezone.now() + timedelta(minutes=1))

    assert cast.aozora.name in words_on(consent_pdf(form, reader=cast.sato))
    assert cast.aozora.name not in words_on(consent_pdf(later, reader=cast.sato))


def test_the_recorded_consent_keeps_the_sheet_and_the_version_that_was_signed(browser_of, cast):
    form = makers.make_form(cast.hana, by=cast.sato)
    page = browser_of(cast.sato)
    url = address("new_consent", cast, client_id=cast.hana.pk)
    assert "発行番号1（" in page.get(url).text

    sent = on_page(organizations=[str(cast.aozora.pk)], form="1")
    assert page.post(url, sent).status_code == 302

    record = ConsentRecord.objects.order_by("-recorded_at")[0]
    assert record.form == form
    assert Entry.objects.get(verb="clients.consent_recorded").detail["wording"] == 1
    shown = browser_of(cast.sato).get(f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/consents/").json()
    assert {one["form"]: one["wording"] for one in shown} == {1: 1, None: None}


def test_a_consent_is_never_tied_to_the_sheet_of_another_client(browser_of, cast):
    other = makers.make_client(cast.environment, seats=[])
    form = makers.make_form(other, by=cast.sato)
    url = f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/consents/"
    sent = in_api(organizations=[str(cast.aozora.pk)], form=form.number)

    assert browser_of(cast.sato).post(url, sent, content_type="application/json").status_code == 404
    with pytest.raises(IntegrityError, match="a_consent_was_signed_on_a_form"), transaction.atomic():
        makers.make_consent(cast.hana, by=cast.sato, form=form)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_programs_write_versions_and_print_sheets(browser_of, cast):
    root = f"/api/v1/e/{cast.environment.slug}"
    admin, sato = browser_of(cast.ito), browser_of(cast.sato)

    written = admin.post(f"{root}/consent-form/", {"text": OWN, "after": 0}, content_type="application/json")
    assert (written.status_code, written.json()["number"]) == (201, 1)
    assert [one["text"] for one in admin.get(f"{root}/consent-form/").json()] == [OWN]
    lacking = admin.post(f"{root}/consent-form/", {"text": "同意書\n短い", "after": 1}, content_type="application/json")
    assert (lacking.status_code, list(lacking.json()["errors"] if "errors" in lacking.json() else lacking.json())) != (
        201,
        [],
    )

    forms = f"{root}/clients/{cast.hana.pk}/consent-forms/"
    assert sato.post(forms).json()["wording"] == 1
    assert [one["number"] for one in sato.get(forms).json()] == [1]
    assert "さくら川市 同意書" in words_on(sato.get(f"{forms}1/content/").content)
