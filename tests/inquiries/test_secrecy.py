"""What those who are asked cannot obtain: name, reading, date of birth, the client's id, the other offices.

Asked of every page, every endpoint and every notice, of each recipient, before and after one of them was chosen.
"""

import pytest
from django.urls import reverse

from apps.notices.models import Notification
from tests.inquiries.makers import make_inquiry, make_release, make_reply

PEOPLE = ["takahashi", "suzuki", "matsumoto", "ito"]


@pytest.fixture
def inquiry(cast):
    # Of hana's team nobody is among them: suzuki's colleague sees her by a seat, and is asked elsewhere.
    cast.hana.seats.filter(organization=cast.aozora).delete()
    return make_inquiry(cast.hana, by=cast.sato, asks=[cast[one].organization for one in PEOPLE])


def recipient_of(inquiry, member):
    return inquiry.recipients.get(organization=member.organization)


def secrets_of(cast, inquiry, *, but):
    client = cast.hana
    named = [client.name, *client.name.split(), client.kana, *client.kana.split(), str(client.pk), "1942", "昭和17"]
    others = [one.name for one in inquiry.recipients.exclude(pk=but.pk)]
    return [*named, *others, str(inquiry.pk)]


def addresses_of(cast, inquiry, person):
    slug, one = cast.environment.slug, recipient_of(inquiry, cast[person]).pk
    return [
        reverse("inquiries:asked", kwargs={"slug": slug}),
        reverse("inquiries:asked_one", kwargs={"slug": slug, "recipient_id": one}),
        reverse("inquiries_api:asked", kwargs={"slug": slug}),
        reverse("inquiries_api:asked_one", kwargs={"slug": slug, "recipient_id": one}),
        reverse("notices:inbox", kwargs={"slug": slug}),
        reverse("notices_api:notifications", kwargs={"slug": slug}),
        reverse("home:today", kwargs={"slug": slug}),
    ]


def told(cast, browser_of, inquiry, person):
    """All that this person is answered, as one text with its headers; unicode as it is read."""
    browser, found = browser_of(cast[person]), []
    for address in addresses_of(cast, inquiry, person):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        found += [answer.content.decode(), str(answer.headers)]
    rows = Notification.objects.filter(receiver=cast[person])
    # An own colleague's name stands at the head of every page, and is none of the client's.
    return "".join([*found, *(f"{one.said} {one.path}" for one in rows)]).encode().decode(
        "unicode_escape", "ignore"
    ) + "".join(found)


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_who_is_asked_learns_whose_need_it_is_or_who_else_is_asked(cast, browser_of, inquiry, person):
    make_reply(recipient_of(inquiry, cast[person]), by=cast[person], said="talk", remark="ご相談ください")

    text = told(cast, browser_of, inquiry, person)

    assert "駅の東側" in text
    assert [one for one in secrets_of(cast, inquiry, but=recipient_of(inquiry, cast[person])) if one in text] == []


@pytest.mark.parametrize("person", PEOPLE[1:])
def test_nobody_who_was_not_chosen_learns_it_afterwards(cast, browser_of, inquiry, person):
    make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)

    text = told(cast, browser_of, inquiry, person)

    assert [one for one in secrets_of(cast, inquiry, but=recipient_of(inquiry, cast[person])) if one in text] == []


def test_the_chosen_office_reads_name_reading_birth_and_contact_on_one_page_and_in_one_answer(
    cast, browser_of, inquiry
):
    release = make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)
    browser, addresses = browser_of(cast.takahashi), addresses_of(cast, inquiry, "takahashi")

    page, api = (browser.get(addresses[nth]).content.decode() for nth in (1, 3))

    assert all(word in page for word in ("佐々木 ハナ", "ささき はな", "昭和17年3月9日", release.contact))
    assert browser.get(addresses[3]).json()["told"]["name"] == "佐々木 ハナ"
    assert "1942-03-09" in api
    for nth in (0, 2, 4, 5, 6):
        assert "佐々木" not in browser.get(addresses[nth]).content.decode()
        assert "\\u4f50\\u3005\\u6728" not in browser.get(addresses[nth]).content.decode()


def test_the_chosen_office_reads_it_no_longer_once_the_consent_is_withdrawn(cast, browser_of, inquiry):
    release = make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)
    release.consent.withdrawn_at, release.consent.withdrawn_by = release.released_at, cast.sato
    release.consent.save(update_fields=["withdrawn_at", "withdrawn_by"])

    text = told(cast, browser_of, inquiry, "takahashi")

    assert [one for one in secrets_of(cast, inquiry, but=release.recipient) if one in text] == []
    assert release.contact not in text


def test_what_was_found_is_shown_marked_and_sent_only_when_it_is_confirmed(cast, browser_of):
    page = reverse("inquiries:new", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk})
    sent = {
        "age_group": "under_85",
        "text": "担当は田中さんです。",
        "due_on": "2030-01-10",
        "due_time": "17:00",
        "target": [f"o:{cast.takahashi.organization_id}"],
    }
    browser = browser_of(cast.sato)

    warned = browser.post(page, sent)
    done = browser.post(page, {**sent, "confirmed": ["田中さん"]})

    assert (warned.status_code, done.status_code) == (422, 302)
    assert "<mark>田中さん" in warned.content.decode()
    assert 'value="田中さん"' in warned.content.decode()
    own = browser.post(page, {**sent, "text": "佐々木ハナさんの件", "confirmed": ["佐々木ハナ", "佐々木ハナさん"]})
    assert own.status_code == 422
    refused = browser.post(page, {**sent, "text": "1234 5678 9018", "confirmed": ["1234 5678 9018"]})
    assert (refused.status_code, "マイナンバー" in refused.content.decode()) == (422, True)


def test_a_program_asks_answers_and_chooses(cast, browser_of):
    base, asker, office = (
        f"/api/v1/e/{cast.environment.slug}/inquiries/",
        browser_of(cast.sato),
        browser_of(cast.takahashi),
    )
    body = {
        "client": str(cast.hana.pk),
        "age_group": "under_85",
        "text": "電話は090-1234-5678",
        "organizations": [str(cast.takahashi.organization_id)],
        "due_at": "2030-01-10T17:00:00+09:00",
    }
    json = {"content_type": "application/json"}
    found = asker.post(base, body, **json)
    assert (found.status_code, list(found.json()["fields"])) == (400, ["text"])

    made = asker.post(base, {**body, "text": ""}, **json)
    recipient = made.json()["recipients"][0]["id"]
    answer = office.put(f"{base}asked/{recipient}/reply/", {"version": 0, "said": "can"}, **json)
    chosen = asker.post(f"{base}{made.json()['id']}/release/", {"recipient": recipient, "contact": "窓口"}, **json)

    assert (made.status_code, answer.status_code, answer.json()["reply"]["said"]) == (201, 200, "can")
    assert (chosen.status_code, chosen.json()["code"]) == (422, "release_without_consent")
