"""What is sent with each deed: words that would do the deed wherever the person may."""

from typing import Any
from uuid import uuid4

from tests.oracle.facts import HERE, Object, Person
from tests.oracle.rules import is_division
from tests.oracle.town import Things, Town

FRAGMENT = {"headers": {"HX-Request": "true"}}
# What every client's name and reading has in common, so that one search could find them all.
COMMON_NAME, COMMON_READING, COMMON_HALF_WIDTH = "託宣", "たくせん", "ﾀｸｾﾝ"
# What every room's title begins with.
COMMON_TITLE = "神託室"
# Said in every room, also to whoever is shown nothing of what was said before.
COMMON_WORDS = "の二通目"
NOBODY_KNOWN = {"name": "誰も 知らない", "kana": "だれも しらない", "born_on": "1930-05-05"}
PAPER = {"signer": "self", "signed_on": "R8.4.1", "purposes": ["coordination"], "reference": "同意書綴り 77号"}


def options(town: Town, person: Person, method: str, address: str, errand: str, thing: Object) -> dict[str, Any]:
    """Options of the test client: body, content type, headers, query."""
    things = town.things[thing.name]
    is_api = "_api:" in address
    sent = body(town, person, address, errand, thing, things)
    found: dict[str, Any] = dict(FRAGMENT) if errand in {"as a fragment", "searching"} else {}
    if errand == "sent" and not is_api:
        found["headers"] = {"Accept": "application/json"}
    if method == "GET":
        return found
    if is_api:
        return {**found, "data": sent, "content_type": "application/json"}
    return {**found, "data": sent}


QUERIES = {"caught up": "?after=99", "from the start": "?after=0", "older": "?before=99", "after": "?after=0"}


def body(town: Town, person: Person, address: str, errand: str, thing: Object, things: Things) -> dict[str, Any]:
    if errand in {"a namesake", "somebody new"}:
        return newcomer(person, thing, "_api:" in address, told(things) if errand == "a namesake" else NOBODY_KNOWN)
    sent: dict[str, dict[str, Any]] = {
        "giving": {"organization": things.spare, "give": "1"},
        "signed": {**PAPER, "signer_name": "本人", "organizations": [str(things.spare)]},
        "said": {"note": "窓口で申出"},
        # A form that says nothing its door expects.
        "empty": {"sent": "1"},
        "opening": {
            "title": "別室",
            "reason": "stands_in",
            "member": things.members["reserve"],
            "open": "1",
            "until": town.a_week_ahead,
        },
        "changed": {**told(things), "area": "新町", "version": 1},
        "numbered": {"certificate": "insured", "number": "H770000001"},
        "certified": {
            "certificate": "recipient",
            "granted_days": 5,
            "first_day": "2030-04-01",
            "last_day": "2031-03-31",
        },
        "related": {"name": "続柄 太郎", "relation": "長男"},
        "written": {"body": "今日の様子です。", "client_key": str(uuid4())},
        "sent": {"body": "今日の様子です。", "client_key": str(uuid4())},
        "for later": {"body": "明日の予定です。", "send_at": f"{town.a_week_ahead}T09:00"},
        "marked": {"kind": "todo", "state": "on"},
        "noted": {"title": "今週の予定", "body": "- [ ] 訪問", "version": 1},
        "ticked": {"version": 1, "item": 1, "state": "done", "is_done": True},
        "taken again": {"expected": 1},
        "given": {"body": "電話", "text": "電話"},
        "settled": {"owner": None, "due_on": None, "is_done": True},
        "begun": {"body": "今日の様子は"},
        "said in a phrase": {"kind": "thanks", "state": "on"},
        "asked": {"of": "organizations"},
        "taken": {"deed": "take"},
        "to the end": {"number": 2},
        "admitting": {"members": [str(things.members["joiner"])], "history": "nothing", "reason": "引継ぎ"},
        "let in": {"members": [str(things.members["joiner"])], "history_from": None, "reason": "引継ぎ"},
        "put away": {"reason": "支援の終了"},
        "searching": {"q": "あ"},
        "by name": {"q": COMMON_NAME},
        "by reading": {"q": COMMON_READING},
        "by title": {"q": COMMON_TITLE},
        "by what was said": {"q": COMMON_WORDS},
        "by width": {"q": COMMON_HALF_WIDTH},
        "declared": {**told_to_open(told(things)), "ground": "life"},
        "reported": {**told_to_open(told(town.things["withdrawn"])), "ground": "elder_abuse", "second": helper(town)},
        "of nobody": {**told_to_open(NOBODY_KNOWN), "ground": "elder_abuse" if "report" in address else "life"}
        | ({"second": helper(town)} if "report" in address else {}),
        "judged": {"verdict": "yes", "note": "記録と合っています。"},
        "looking": {"basis": "supervision", "reference": "令和8年度監査計画 3号", "q": COMMON_NAME},
        "choosing": {
            "basis": "supervision",
            "reference": "令和8年度監査計画 3号",
            "q": COMMON_NAME,
            "client": str(things.words.get("client_id")),
        },
        "passing on": {
            "target": str(town.bodies["child" if person.name == "desk" else "elderly"].pk),
            "on": town.a_week_ahead,
            # A program names who goes; the page passes on whoever was on the screen.
            "clients": [str(town.clients["own" if person.name == "desk" else "other division"].pk)],
            "total": town.charges["elderly" if person.name == "desk" else "child"],
        },
        "kept": kept(town, "_api:" in address),
        "protecting": {"is_protected": True},
        "asking": {"kind": "see", "reason": "家庭訪問のため"},
        "lifting": {"kind": "lift", "reason": "支援措置の終了"},
        "writing": {"kind": "work", "text": "新しい勤め先"},
        "by id": {"q": str(things.words.get("client_id"))},
    }
    return sent.get(errand, {})


def told_to_open(facts: dict[str, str]) -> dict[str, str]:
    """The whole name and the date of birth, and why."""
    return {"name": facts["name"], "born_on": facts["born_on"], "purpose": "訪問先で応答がない"}


def helper(town: Town) -> str:
    return str(town.member("stand-in", HERE).pk)


def kept(town: Town, is_api: bool) -> dict[str, Any]:
    """That the one place which the review asks about is still needed."""
    place = town.reviewed
    return {"answers": [{"number": place, "answer": "keep"}]} if is_api else {f"answer-{place}": "keep"}


def told(things: Things) -> dict[str, str]:
    """By what a client is known."""
    return {"name": things.name, "kana": things.kana, "born_on": things.born_on}


def newcomer(person: Person, thing: Object, is_api: bool, facts: dict[str, str]) -> dict[str, Any]:
    """A client to be registered; who is no division brings the signed consent with them."""
    about = {**facts, "area": "新町"}
    if is_division(person, thing.below):
        return about
    return {**about, "consent": {**PAPER, "signer_name": "本人"}} if is_api else {**about, **PAPER, "division": "none"}
