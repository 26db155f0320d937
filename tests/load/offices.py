"""What many offices cost: a survey sent to 700, its results when all have answered, and the board of 700 facilities.

Sending is asked of the server once, because it can be done once; the pages in turns with those of a survey of one office.
"""

import http.client
import json
import random
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.load.city import Person, person
from tests.load.rooms import Taken

OFFICES, EACH = 700, 3
SLUG = "bench-offices"
# What sending and a page may take, in milliseconds (the fifth issue; the board's by the sixth).
SENDING, RESULTS, BOARD = 5_000, 1_000, 500
WARM, ASKED = 2, 10


@dataclass(frozen=True)
class Offices:
    """The clerk who asks; a draft not sent yet, and two surveys that were: to all, and to one office."""

    clerk: Person
    draft: str
    survey: str
    small: str
    due: str


def settle_offices() -> Offices:
    """Fill the database that Django is connected to: offices with people, facilities with answers, replies of each kind."""
    from django.utils import timezone
    from django_scopes import scope

    from tests import makers
    from tests.surveys.makers import make_draft, make_survey

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        city = makers.make_organization(environment, "こども課", "city_division")
        clerk = makers.make_member(city, makers.make_user("bench-desk"), role="desk")
        offices = [makers.make_organization(environment, f"事業所{nth:03}", "child_facility") for nth in range(OFFICES)]
        for office in offices:
            for _nth in range(EACH):
                makers.make_member(office)
        answer_everything(survey := make_survey(by=clerk, asks=offices), clerk)
        answer_everything(small := make_survey(by=clerk, asks=offices[:1]), clerk)
        draft = make_draft(by=clerk, asks=offices)
        open_facilities(clerk)
    due = (timezone.now() + timedelta(days=7)).isoformat()
    return Offices(person(clerk, 0), str(draft.pk), str(survey.pk), str(small.pk), due)


def answer_everything(survey: Any, by: Any) -> None:
    """Every office has answered every question it is asked, each in its own way."""
    from django.utils import timezone

    from apps.surveys.models import Answer, Reply

    chance = random.Random(1)
    about = {"environment": survey.environment, "sent_at": timezone.now(), "answered_by": by, "is_proxy": True}
    replies = [Reply(recipient=one, channel="phone", **about) for one in survey.recipients.order_by("number")]
    Reply.objects.bulk_create(replies)
    questions = {one.number: one for one in survey.questions.all()}
    Answer.objects.bulk_create(
        [
            Answer(environment=survey.environment, reply=reply, question=questions[number], value=value)
            for reply in replies
            for number, value in one_of_each(chance).items()
        ],
        batch_size=2000,
    )


def one_of_each(chance: random.Random) -> dict[int, Any]:
    """An answer to each question of the survey that tests ask (tests/surveys/makers.py), but the second, which hangs on another."""
    marks, days = ["yes", "maybe", "no"], range(1, 29)
    return {
        1: 1,
        3: sorted(chance.sample([1, 2, 3], 2)),
        4: chance.randrange(100),
        5: f"2027-01-{chance.choice(days):02}",
        6: {"1": chance.choice(marks), "2": chance.choice(marks)},
        7: f"{chance.randrange(8, 18):02}:30",
        8: chance.randint(1, 5),
        9: {"1": chance.randint(1, 3), "2": chance.randint(1, 3)},
    }


def open_facilities(by: Any) -> None:
    """Facilities that have answered twenty times each, all cells of two ages."""
    from django.utils import timezone

    from apps.facilities.grid import keys_of
    from apps.facilities.models import AvailabilityAnswer, Facility
    from tests.facilities.makers import make_kind

    chance, kind, now = random.Random(2), make_kind(), timezone.now()
    cells = list(keys_of(ages=["preschool", "primary"]))
    about = {"environment": by.environment, "registered_by": by, "kind": kind, "age_groups": ["preschool", "primary"]}
    places = [Facility(name=f"こどもの家{nth:03}", kana="こどものいえ", **about) for nth in range(OFFICES)]
    answers = [
        AvailabilityAnswer(
            environment=by.environment,
            facility=place,
            number=number,
            cells={name: chance.choice(["free", "ask", "full", 2]) for name in cells},
            source="desk",
            is_proxy=True,
            confirmed_by=by,
            confirmed_at=now - timedelta(days=20 - number),
        )
        for place in Facility.objects.bulk_create(places)
        for number in range(1, 21)
    ]
    AvailabilityAnswer.objects.bulk_create(answers, batch_size=2000)


def ask_offices(offices: Offices, port: int) -> list[Taken]:
    """Sending once; then each page in turns with the results of one office."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    base = f"/e/{SLUG}/surveys/"
    pages = {
        f"results of {OFFICES}": (f"{base}{offices.survey}/results/", RESULTS),
        "three questions crossed": (
            f"{base}{offices.survey}/results/crossing/?rows=q1&columns=q8&layers=kind",
            RESULTS,
        ),
        "the first offices, one by one": (f"{base}{offices.survey}/results/offices/", RESULTS),
        f"board of {OFFICES} facilities": (f"/e/{SLUG}/availability/", BOARD),
    }
    small = f"{base}{offices.small}/results/"
    took: dict[str, list[float]] = {}
    for nth in range(WARM + ASKED):
        for name, path in [*((name, path) for name, (path, _limit) in pages.items()), ("", small)]:
            seconds = looked(line, path, offices.clerk)
            if nth >= WARM:
                took.setdefault(name, []).append(seconds * 1000)
    beside = statistics.median(took[""])
    sent = Taken(f"sent to {OFFICES} offices of {EACH}", sending(line, offices) * 1000, beside, SENDING)
    return [
        sent,
        *(Taken(name, statistics.median(took[name]), beside, limit) for name, (_path, limit) in pages.items()),
    ]


def looked(line: http.client.HTTPConnection, path: str, clerk: Person) -> float:
    began = time.perf_counter()
    line.request("GET", path, headers={"Host": "localhost", "Cookie": clerk.cookie})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, f"{path}: {answer.status}"
    return time.perf_counter() - began


def sending(line: http.client.HTTPConnection, offices: Offices) -> float:
    """From the press to the answer, with a notice for everybody and the entry in the ledger."""
    headers = {
        "Host": "localhost",
        "Authorization": f"Bearer {offices.clerk.token}",
        "Content-Type": "application/json",
    }
    path = f"/api/v1/e/{SLUG}/surveys/drafts/{offices.draft}/opening/"
    began = time.perf_counter()
    line.request("POST", path, json.dumps({"due_at": offices.due}), headers)
    answer = line.getresponse()
    said = answer.read()
    assert answer.status == 200, said[:200]
    return time.perf_counter() - began
