"""What somebody types is shown with links and a few marks, and can be nothing else."""

from html.parser import HTMLParser
from random import Random

import pytest

from apps.environments.names import EVERYBODYS
from apps.rooms.frames import as_html
from apps.rooms.models import Message
from apps.rooms.wording import shown, unmarked
from tests.saying import say

LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{0}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("血圧 130/80\n次回 10:00", "血圧 130/80\n次回 10:00"),
        ("**至急**です", "<strong>至急</strong>です"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("持ち物\n- 保険証\n- 印鑑\n以上", "持ち物<ul><li>保険証</li><li>印鑑</li></ul>以上"),
        ("1. 電話\n2. 訪問", '<ol start="1"><li>電話</li><li>訪問</li></ol>'),
        ("11. 22 は祝日", "11. 22 は祝日"),
        ("> 何時ですか\n10時です", "<blockquote>何時ですか</blockquote>10時です"),
        ("```\n- **a**\n```", "<pre><code>- **a**</code></pre>"),
        ("```\nひらいたまま", "```\nひらいたまま"),
    ],
    ids=str,
)
def test_a_few_marks_are_read_and_everything_else_stands_as_it_was_typed(text, html):
    assert shown(text) == html


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("https://www.example.jp/a?b=1&c=2", "https://www.example.jp/a?b=1&c=2", ""),
        ("https://example.jp/。よろしく", "https://example.jp/", "。よろしく"),
        ("http://example.jp/x. ", "http://example.jp/x", ". "),
        ("https://example.jp/a_(b)", "https://example.jp/a_(b)", ""),
        ("https://example.jp/a)", "https://example.jp/a", ")"),
    ],
)
def test_a_web_address_is_a_link_that_opens_apart(text, address, rest):
    assert shown(text) == LINK.format(address.replace("&", "&amp;")) + rest


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://example.jp/",
        "https://",
        "https://bank.jp@evil.example/",
        "https://a:99999/",
        "www.example.jp",
    ],
)
def test_nothing_else_is_linked(text):
    assert "<a" not in shown(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0198-12-3456", "0198123456"),
        ("03(1234)5678", "0312345678"),
        ("０９０－１２３４－５６７８", "09012345678"),
        ("09012345678", "09012345678"),
    ],
)
def test_a_telephone_number_can_be_called(text, digits):
    assert shown(f"電話 {text} まで") == f'電話 <a href="tel:{digits}">{text}</a> まで'


@pytest.mark.parametrize(
    "text", ["0001234567", "2026-11-22", "0370-1234", "123-0198-12-3456", "0198-12-3456-7", "A0198-12-3456"]
)
def test_other_numbers_are_not_called(text):
    assert "tel:" not in shown(text)


class Elements(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.attributes, self.text = set[str](), set[tuple[str, str]](), ""

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update((name, value.split(":")[0] if name == "href" else name) for name, value in attributes)

    def handle_data(self, data):
        self.text += data


PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"", "'", "<", ">", "&lt;", "**", "`", "```", "\n", "- ", "> ",
    "1. ", "2. ", "https://a.jp/", "https://a.jp/\"onmouseover=", "javascript:", "0198-12-3456", "</a>", "本文", " ", "*", ")",
]  # fmt: skip


def test_whatever_is_typed_makes_no_element_but_those_of_the_set_and_loses_no_letter():
    chance = Random(4)
    for _ in range(3000):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        seen = Elements()
        seen.feed(shown(text))
        seen.close()
        assert seen.tags <= {"a", "strong", "code", "pre", "ul", "ol", "li", "blockquote"}, text
        assert {name for name, _ in seen.attributes} <= {"href", "target", "rel", "start"}, text
        assert {value for name, value in seen.attributes if name == "href"} <= {"http", "https", "tel"}, text
        letters = [one for one in text if one not in "*`->\n 12."]
        assert [one for one in seen.text if one not in "*`->\n 12."] == letters, text


def test_a_quote_of_it_has_no_marks():
    assert unmarked("**至急** `A-1` の件") == "至急 A-1 の件"


def test_the_page_and_the_live_line_show_the_same(cast, browser_of):
    body = "**至急** https://example.jp/ <b>\n- 保険証\n- 印鑑"
    say(cast.room, cast.sato, body)
    frame = as_html(Message.objects.get(), EVERYBODYS, None)["html"]
    page = browser_of(cast.suzuki).get(f"/e/sakuragawa-care/rooms/{cast.room.pk}/").content.decode()

    for html in (frame, page):
        assert f'<div class="message-body">{shown(body)}</div>' in html
        assert "&lt;b&gt;" in html


def test_a_program_reads_the_text_as_it_was_typed(cast, browser_of):
    say(cast.room, cast.sato, "**至急** <b>")

    url = f"/api/v1/e/sakuragawa-care/rooms/{cast.room.pk}/messages/"
    assert browser_of(cast.suzuki).get(url).json()["messages"][0]["body"] == "**至急** <b>"
