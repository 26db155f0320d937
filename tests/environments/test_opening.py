"""Building a new environment: all of it or nothing, by the operator only."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.directory.models import Municipality, Office, OfficeService, ServiceKind
from apps.directory.search import search_text
from apps.environments import actions
from apps.environments.models import Environment, Member, Organization
from apps.environments.suggestions import slug_suggested
from tests import makers

NEW = reverse("environments:new")
KITAKAMI = "032069"


@pytest.fixture
def kitakami(db):
    return Municipality.objects.update_or_create(
        lg_code=KITAKAMI,
        defaults={
            "name": "北上市",
            "prefecture": "岩手県",
            "kana": "きたかみし",
            "search_text": "岩手県北上市\nキタカミシ",
        },
    )[0]


@pytest.fixture
def operator(db):
    return makers.make_user("operator", is_operator=True)


def make_office(municipality, name, *, kind="43", system="kaigo", number="0370600017"):
    kind, _ = ServiceKind.objects.get_or_create(
        system=system, code=kind, defaults={"opendata_code": f"{kind}0", "name": kind}
    )
    words = {
        "name": name,
        "kana": "ケアプラン",
        "municipality": municipality,
        "search_text": search_text(name=name, kana=""),
    }
    office = Office.objects.create(system=system, office_number=number, sort_kana="ケアプラン", **words)
    OfficeService.objects.create(
        office=office, kind=kind, prefecture_code="03", fingerprint=number, valid_from=date(2026, 1, 1), **words
    )
    return office


def filled(**changes):
    return {
        "municipality": KITAKAMI,
        "name": "北上市 介護連携",
        "slug": "kitakami-care",
        "division": "長寿介護課",
        "admin_name": "菊池 誠",
        "admin_kana": "きくち まこと",
        "admin_login_id": "kitakami-001",
    } | changes


def code_on(answer):
    return answer.content.decode().split('class="secret">')[1].split("<")[0]


def test_an_environment_is_built_with_its_offices_and_first_admin(browser_of, kitakami, operator):
    care, nurses = (
        make_office(kitakami, "北上ケアプラン"),
        make_office(kitakami, "北上訪看", kind="13", number="0360600018"),
    )

    answer = browser_of(operator).post(NEW, filled(offices=[str(care.pk), str(nurses.pk)]))

    assert answer.status_code == 201
    environment = Environment.objects.get(slug="kitakami-care")
    with scope(environment=environment):
        assert dict(Organization.objects.values_list("name", "kind")) == {
            "長寿介護課": "city_division",
            "北上ケアプラン": "care_management_office",
            "北上訪看": "visiting_nurse_station",
        }
        admin = Member.objects.get()
        assert (admin.role, admin.organization.name) == ("admin", "長寿介護課")
        assert accounts.check_slip(code=code_on(answer)).user == admin.user


def test_the_first_admins_slip_is_printed(browser_of, kitakami, operator):
    browser = browser_of(operator)
    page = browser.post(NEW, filled()).content.decode()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    pdf = browser.post(reverse("environments:first_slip"), {"sealed": sealed})
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_the_operator_gets_no_place_in_what_they_built(browser_of, kitakami, operator):
    browser = browser_of(operator)
    browser.post(NEW, filled())
    assert browser.get("/e/kitakami-care/members/").status_code == 404


def test_the_operator_can_do_nothing_more_once_there_is_an_admin(kitakami, operator):
    from apps.kernel.refusals import NotAllowed

    admin = actions.FirstAdmin(division="課", name="菊池", kana="きくち", login_id="kitakami-001")
    issued = actions.build_environment(
        slug="kitakami-care", name="北上市", municipality=kitakami, admin=admin, offices=[], by=operator
    )
    environment = issued.member.environment
    with scope(environment=environment), pytest.raises(NotAllowed):
        actions.add_organization(environment=environment, name="あとから", kind="other", by=operator)


@pytest.mark.parametrize("person", ["ito", "sato", "ishii"])
def test_only_the_operator_builds_environments(browser_of, cast, person):
    for answer in (browser_of(cast[person]).get(NEW), browser_of(cast[person]).post(NEW, filled())):
        assert answer.status_code == 404
    assert not Environment.objects.filter(slug="kitakami-care").exists()


def test_one_factor_is_not_enough_to_build(browser_of, kitakami, operator):
    answer = browser_of(operator, second_factor=False).post(NEW, filled())
    assert answer.status_code == 302
    assert not Environment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Ä"),
        ("slug", "a"),
        ("slug", "-care"),
        ("slug", "taken-care"),
        ("name", ""),
        ("division", ""),
        ("admin_name", ""),
        ("admin_kana", "菊池"),
        ("admin_login_id", "!"),
        ("admin_login_id", "operator"),
        ("offices", "no-uuid"),
        ("offices", "00000000-0000-4000-8000-000000000000"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_built(browser_of, kitakami, operator, field, value):
    Environment.objects.create(slug="taken-care", name="x", municipality=kitakami)
    answer = browser_of(operator).post(NEW, filled(**{field: value}))

    assert answer.status_code == 422
    assert 'class="trouble"' in answer.content.decode()
    assert Environment.objects.count() == 1
    assert not User.objects.filter(login_id="kitakami-001").exists()


def test_an_unknown_municipality_leads_back_to_the_search(browser_of, operator):
    answer = browser_of(operator).post(NEW, filled(municipality="999999"))
    assert "municipalities" in answer.content.decode()
    assert not Environment.objects.exists()


@pytest.mark.parametrize("typed", ["北上", "きたかみ", "ｷﾀｶﾐ", "0320", "０３２０６９", "岩手県北上"])
def test_a_municipality_is_found_by_name_reading_and_code(browser_of, kitakami, operator, typed):
    browser = browser_of(operator)
    assert "北上市" in browser.get(NEW, {"q": typed}).content.decode()
    fragment = browser.get(reverse("environments:municipalities"), {"q": typed}).content.decode()
    assert "北上市" in fragment
    assert "<html" not in fragment


def test_everything_is_suggested_from_the_municipality(browser_of, kitakami, operator):
    page = browser_of(operator).get(NEW, {"municipality": KITAKAMI}).content.decode()
    assert 'value="kitakami-care"' in page
    assert 'value="kitakami-care-001"' in page


def test_a_suggested_address_is_free(kitakami):
    Environment.objects.create(slug="kitakami-care", name="x", municipality=kitakami)
    assert slug_suggested(kitakami) == "kitakami-care-2"


def test_the_municipalitys_offices_are_offered_first_and_others_are_searched_for(browser_of, kitakami, operator):
    elsewhere = makers.make_municipality("462144", "垂水市", "鹿児島県")
    make_office(kitakami, "北上ケアプラン")
    make_office(elsewhere, "垂水ケアプラン", number="4671400014")
    browser = browser_of(operator)

    page = browser.get(NEW, {"municipality": KITAKAMI}).content.decode()
    assert "北上ケアプラン" in page
    assert "垂水ケアプラン" not in page

    found = browser.post(
        reverse("environments:offices"), {"municipality": KITAKAMI, "look": "ケアプラン"}
    ).content.decode()
    assert found.index("北上ケアプラン") < found.index("垂水ケアプラン")


def test_a_search_keeps_what_is_ticked_and_typed_without_javascript(browser_of, kitakami, operator):
    ticked, other = (
        make_office(kitakami, "北上ケアプラン"),
        make_office(kitakami, "さくら訪看", kind="13", number="0360600018"),
    )
    sent = filled(offices=[str(ticked.pk)], look="さくら", find="1", admin_name="")

    answer = browser_of(operator).post(NEW, sent)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f'value="{ticked.pk}" checked' in page
    assert str(other.pk) in page
    assert 'value="長寿介護課"' in page
    assert 'class="trouble"' not in page
    assert not Environment.objects.exists()


def test_two_offices_of_one_name_take_part_side_by_side(browser_of, kitakami, operator):
    first, second = (make_office(kitakami, "さくら", number=number) for number in ("0370600017", "0370600025"))
    assert browser_of(operator).post(NEW, filled(offices=[str(first.pk), str(second.pk)])).status_code == 201
    with scope(environment=Environment.objects.get()):
        assert Organization.objects.filter(office__in=[first, second]).count() == 2


def test_a_command_builds_the_same(kitakami, operator, capsys):
    make_office(kitakami, "北上ケアプラン")
    words = ["--municipality", KITAKAMI, "--slug", "kitakami-care", "--name", "北上市", "--admin-login", "kitakami-001"]
    call_command("open_environment", *words, "--admin-name", "菊池", "--admin-kana", "きくち", "--office", "0370600017")

    said = capsys.readouterr().out
    code = said.splitlines()[1].split()[1]
    assert accounts.check_slip(code=code).user.login_id == "kitakami-001"
    with scope(environment=Environment.objects.get()):
        assert Organization.objects.filter(office__office_number="0370600017").exists()


@pytest.mark.parametrize(
    "changed",
    [
        ["--municipality", "999999"],
        ["--slug", "X"],
        ["--office", "1234567890"],
        ["--operator", "nobody"],
        ["--admin-login", "operator"],
    ],
)
def test_the_command_says_what_is_wrong_and_builds_nothing(kitakami, operator, changed):
    words = ["--municipality", KITAKAMI, "--slug", "kitakami-care", "--name", "北上市", "--admin-login", "kitakami-001"]
    with pytest.raises(CommandError):
        call_command("open_environment", *words, "--admin-name", "菊池", "--admin-kana", "きくち", *changed)
    assert not Environment.objects.exists()


def test_a_person_chooses_between_their_environments(browser_of, cast):
    with scope(environment=cast.elsewhere):
        makers.make_member(cast.watanabe.organization, cast.sato.user)
    page = browser_of(cast.sato).get(reverse("environments:choose")).content.decode()
    assert cast.environment.name in page
    assert cast.elsewhere.name in page
    assert NEW not in page


def test_nobody_is_offered_an_environment_in_which_they_have_no_place(browser_of, cast):
    page = browser_of(cast.takahashi).get(reverse("environments:choose")).content.decode()
    assert cast.elsewhere.name not in page


def test_the_operator_is_offered_to_build_one(browser_of, operator):
    assert NEW in browser_of(operator).get(reverse("environments:choose")).content.decode()
