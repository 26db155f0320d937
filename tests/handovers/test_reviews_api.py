"""Access reviews for programs: started, answered and closed by the verbs of the page."""

import pytest

from apps.environments.models import Member
from apps.handovers.models import Review
from tests import makers


def url(cast, rest=""):
    return f"/api/v1/e/{cast.environment.slug}/reviews/{rest}"


def put(browser, path, sent):
    return browser.put(path, sent, content_type="application/json")


@pytest.fixture
def review(cast):
    return makers.make_review(cast.ito, [cast.suzuki, cast.sato])


def number_of(shown, member):
    [place] = [one for one in shown["places"] if one["member"] == str(member.pk)]
    return place["number"]


def test_an_admin_starts_a_review_and_only_one_at_a_time(browser_of, cast):
    assert browser_of(cast.sato).post(url(cast)).status_code == 403
    answer = browser_of(cast.ito).post(url(cast))
    assert answer.status_code == 201
    assert str(cast.suzuki.pk) in {one["member"] for one in answer.json()["places"]}
    assert browser_of(cast.ito).post(url(cast)).status_code == 422
    [listed] = browser_of(cast.ishii).get(url(cast)).json()["results"]
    assert (listed["asked"], listed["kept"]) == (len(answer.json()["places"]), 0)


def test_an_answer_suspends_a_place_at_once_and_another_opens_it_again(browser_of, cast, review):
    admin, path = browser_of(cast.ito), url(cast, f"{review.pk}/answers/")
    number = number_of(admin.get(url(cast, f"{review.pk}/")).json(), cast.suzuki)
    for said, is_current in (("suspend", False), ("keep", True)):
        assert put(admin, path, {"answers": [{"number": number, "answer": said}]}).status_code == 200
        assert Member.objects.get(pk=cast.suzuki.pk).is_current is is_current


def test_a_reviewer_answers_for_the_people_of_their_organization_alone(browser_of, cast, review):
    named = url(cast, f"{review.pk}/reviewers/{cast.hidamari.pk}/")
    okada = makers.make_member(cast.hidamari)
    assert browser_of(okada).get(url(cast, f"{review.pk}/")).status_code == 404
    assert put(browser_of(cast.ito), named, {"member": str(okada.pk)}).status_code == 204

    shown = browser_of(okada).get(url(cast, f"{review.pk}/")).json()
    assert [one["member"] for one in shown["places"]] == [str(cast.sato.pk)]
    everything = browser_of(cast.ito).get(url(cast, f"{review.pk}/")).json()
    path = url(cast, f"{review.pk}/answers/")
    others = {"answers": [{"number": number_of(everything, cast.suzuki), "answer": "suspend"}]}
    own = {"answers": [{"number": number_of(everything, cast.sato), "answer": "keep"}]}
    assert put(browser_of(okada), path, others).status_code == 403
    assert put(browser_of(okada), path, own).status_code == 200


def test_a_review_is_closed_when_every_question_is_answered(browser_of, cast, review):
    admin, closing = browser_of(cast.ito), url(cast, f"{review.pk}/closing/")
    assert admin.post(closing).status_code == 422
    places = admin.get(url(cast, f"{review.pk}/")).json()["places"]
    answers = [{"number": one["number"], "answer": "keep"} for one in places]
    assert put(admin, url(cast, f"{review.pk}/answers/"), {"answers": answers}).status_code == 200
    assert browser_of(cast.ishii).post(closing).status_code == 403
    assert admin.post(closing).status_code == 204
    assert not Review.objects.get(pk=review.pk).is_open
