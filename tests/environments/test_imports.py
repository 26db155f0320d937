"""Accounts from a list: nothing is issued before every row is right and somebody has confirmed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.environments.models import Member
from apps.environments.sheets import HEAVIEST
from apps.environments.suggestions import login_ids_suggested
from tests.environments.addresses import address
from tests.environments.sheets import KIMURA, YAMAMOTO, csv_of, excel_of


def uploaded(browser, cast, content, name="list.csv"):
    return browser.post(address("import", cast), {"sheet": SimpleUploadedFile(name, content)})


def sealed_in(answer):
    return answer.content.decode().split('name="sealed" value="')[1].split('"')[0]


@pytest.fixture
def ito(browser_of, cast):
    return browser_of(cast.ito)


@pytest.mark.parametrize("make", [csv_of, excel_of])
def test_a_list_is_shown_and_nothing_is_issued_yet(ito, cast, make):
    before = Member.objects.count()
    answer = uploaded(ito, cast, make(YAMAMOTO, KIMURA))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "山本 由美" in page
    assert "木村 徹" in page
    assert Member.objects.count() == before


def test_a_confirmed_list_is_issued_with_all_its_slips(ito, cast):
    answer = ito.post(
        address("import_accounts", cast), {"sealed": sealed_in(uploaded(ito, cast, csv_of(YAMAMOTO, KIMURA)))}
    )

    assert answer.status_code == 201
    yamamoto = Member.objects.get(name="山本 由美")
    kimura = Member.objects.get(name="木村 徹")
    assert (yamamoto.organization, yamamoto.profession, yamamoto.user.login_id) == (cast.aozora, "nurse", "aozora-1")
    assert (kimura.kana, kimura.role, kimura.profession) == ("きむら とおる", "member", "other")
    codes = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.content.decode())
    assert {accounts.check_slip(code=code).user for code in codes} == {yamamoto.user, kimura.user}


def test_all_slips_are_one_file_with_one_sheet_each(ito, cast):
    issued = ito.post(
        address("import_accounts", cast), {"sealed": sealed_in(uploaded(ito, cast, csv_of(YAMAMOTO, KIMURA)))}
    )
    pdf = ito.post(address("slips", cast), {"sealed": sealed_in(issued)})
    assert pdf["Content-Type"] == "application/pdf"
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.content)) == 2


def test_an_empty_login_id_is_suggested(ito, cast):
    free = next(login_ids_suggested(cast.environment.slug))
    assert free in uploaded(ito, cast, csv_of(KIMURA)).content.decode()
    # What the list itself names is not suggested to another row.
    taken = [*YAMAMOTO[:5], free]
    page = uploaded(ito, cast, csv_of(KIMURA, taken))
    assert page.status_code == 200


def changed(**cells):
    names = ["name", "kana", "organization", "profession", "role", "login_id"]
    return [cells.get(name, cell) for name, cell in zip(names, YAMAMOTO, strict=True)]


@pytest.mark.parametrize(
    "row",
    [
        changed(name=""),
        changed(kana=""),
        changed(kana="山本"),
        changed(organization=""),
        changed(organization="どこにもない事業所"),
        changed(organization="となりケアプラン"),
        changed(profession="魔法使い"),
        changed(role="superuser"),
        changed(login_id="ab"),
        changed(login_id="山本"),
        changed(login_id="suzuki"),
        changed(login_id="watanabe"),
        changed(name="あ" * 90),
    ],
    ids=lambda row: "/".join(row)[:40],
)
def test_a_bad_row_is_named_and_nothing_can_be_confirmed(ito, cast, row):
    answer = uploaded(ito, cast, csv_of(KIMURA, row))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count("data-invalid") == 1
    assert page.count('class="cell-trouble"') == 1
    assert 'name="sealed"' not in page
    assert not Member.objects.filter(name="木村 徹").exists()


def test_a_login_id_that_stands_twice_is_named_in_both_rows(ito, cast):
    page = uploaded(ito, cast, csv_of(YAMAMOTO, KIMURA, YAMAMOTO)).content.decode()
    assert page.count("data-invalid") == 2


def test_an_organization_is_known_without_its_corporate_form_and_width(ito, cast):
    assert uploaded(ito, cast, csv_of(changed(organization="（株）あおぞら訪問看護　ステーション"))).status_code == 200


def test_professions_and_roles_are_known_in_every_language_of_the_house(ito, cast):
    assert uploaded(ito, cast, csv_of(changed(profession="Visiting nurse", role="GUEST"))).status_code == 200


def test_a_login_id_taken_since_the_preview_stops_the_whole_list(ito, cast):
    sealed = sealed_in(uploaded(ito, cast, csv_of(YAMAMOTO, KIMURA)))
    User.objects.create_user("aozora-1")

    answer = ito.post(address("import_accounts", cast), {"sealed": sealed})

    assert answer.status_code == 422
    assert not Member.objects.filter(name__in=["山本 由美", "木村 徹"]).exists()


def test_the_same_confirmation_issues_nobody_twice(ito, cast):
    sealed = sealed_in(uploaded(ito, cast, csv_of(YAMAMOTO)))
    assert ito.post(address("import_accounts", cast), {"sealed": sealed}).status_code == 201
    assert ito.post(address("import_accounts", cast), {"sealed": sealed}).status_code == 422
    assert Member.objects.filter(name="山本 由美").count() == 1


def test_what_was_not_previewed_cannot_be_confirmed(ito, browser_of, cast):
    sealed = sealed_in(uploaded(ito, cast, csv_of(YAMAMOTO)))
    Member.objects.filter(pk=cast.takahashi.pk).update(role="admin")
    for browser, word in [(ito, ""), (ito, sealed[:-5]), (browser_of(cast.takahashi), sealed)]:
        assert browser.post(address("import_accounts", cast), {"sealed": word}).status_code == 422
    assert not Member.objects.filter(name="山本 由美").exists()


def test_only_an_admin_confirms(browser_of, cast):
    assert browser_of(cast.sato).post(address("import_accounts", cast), {"sealed": ""}).status_code == 403
    assert uploaded(browser_of(cast.sato), cast, csv_of(YAMAMOTO)).status_code == 403


def test_a_wrong_file_comes_back_with_its_sentence(ito, cast):
    answer = uploaded(ito, cast, b"\x89PNG\r\n\x1a\n")
    assert answer.status_code == 422
    assert "id_sheet_error" in answer.content.decode()


def test_no_file_at_all_is_asked_for(ito, cast):
    assert ito.post(address("import", cast), {}).status_code == 422
    assert uploaded(ito, cast, b"").status_code == 422


def test_a_file_of_more_than_five_megabytes_is_refused(ito, cast):
    assert uploaded(ito, cast, csv_of(YAMAMOTO) + b"\n" * HEAVIEST).status_code == 413


def test_a_body_of_200_megabytes_is_refused_before_it_is_read(ito, cast):
    class Untouchable(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("The body was read.")

    answer = ito.generic(
        "POST",
        address("import", cast),
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=200 * 1024 * 1024,
        **{"wsgi.input": Untouchable()},
    )
    assert answer.status_code == 413


def test_an_upload_from_another_site_is_refused(browser_of, cast):
    browser = browser_of(cast.ito, enforce_csrf_checks=True)
    assert uploaded(browser, cast, csv_of(YAMAMOTO)).status_code == 403


def test_the_templates_are_filled_in_and_read_back(ito, cast):
    content = ito.get(address("import_template", cast, form="xlsx")).content
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0].append(YAMAMOTO)
    kept = io.BytesIO()
    book.save(kept)
    assert uploaded(ito, cast, kept.getvalue(), "list.xlsx").status_code == 200

    content = ito.get(address("import_template", cast, form="csv")).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert uploaded(ito, cast, content + ",".join(YAMAMOTO).encode()).status_code == 200
    assert ito.get(address("import_template", cast, form="exe")).status_code == 404


def test_a_name_that_looks_like_a_formula_stays_text_in_the_template(ito, cast):
    from tests import makers

    makers.make_organization(cast.environment, "=1+1")
    book = load_workbook(io.BytesIO(ito.get(address("import_template", cast, form="xlsx")).content))
    cell = next(cell for row in book.worksheets[1] for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
