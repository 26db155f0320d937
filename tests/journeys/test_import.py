"""A list of clients crosses the desk: uploaded, its columns chosen, corrected, registered, and taken back."""

import re

import pytest
from django_scopes import scope
from playwright.sync_api import expect

from apps.clients.models import Client
from tests.cast import assemble
from tests.clients.lists import ABE, BABA, CHIBA, HEADER, csv_of

LIST = "/e/sakuragawa-care/clients/imports/"


@pytest.fixture
def cast(transactional_db):
    return assemble()


def choose(page, content):
    page.get_by_label("ファイル").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="内容を確かめる").click()


def count(cast):
    with scope(environment=cast.environment):
        return Client.objects.count()


def test_a_clerk_imports_a_list_from_another_system_and_takes_it_back(on_desk, cast):
    page = on_desk(cast.tanaka)
    page.goto("/e/sakuragawa-care/clients/")
    page.get_by_role("link", name="一覧を取り込む").click()

    # Headings that nobody could guess, and one bad date.
    strange = ["ご本人", "読み方", "お誕生", "お住まいの地区", "通う学校の区"]
    choose(page, csv_of(ABE, ["馬場 ミツ", "ばば みつ", "S12.2.30", "江釣子", ""], CHIBA, header=strange))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("どの列に何が"))
    for field, heading in zip(("name", "kana", "born_on", "area", "school_district"), strange, strict=True):
        page.locator(f"select[name={field}]").select_option(label=option(page, field, heading))
    page.get_by_role("button", name="この列で読み直す").click()
    expect(page.get_by_role("row").filter(has_text="馬場 ミツ")).to_contain_text("この日付は暦にありません")
    expect(page.get_by_role("button", name=re.compile("登録する"))).to_have_count(0)

    page.get_by_role("link", name="直したファイルを選ぶ").click()
    choose(page, csv_of(ABE, BABA, CHIBA, header=HEADER))
    page.get_by_role("button", name="3人を登録する").click()
    expect(page.get_by_text("所管課はあなたの課です")).to_be_visible()
    assert count(cast) == 4

    page.get_by_role("link", name="取り込みを取り消す").click()
    page.get_by_role("dialog").get_by_role("button", name="取り込みを取り消す").click()
    expect(page.get_by_text("この取り込みは取り消されました")).to_be_visible()
    assert count(cast) == 1


def option(page, field, heading):
    """The words of the choice that names a heading, with the letter of its column."""
    texts = page.locator(f"select[name={field}] option").all_text_contents()
    return next(text for text in texts if heading in text)
