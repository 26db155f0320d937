"""The anonymous inquiry of the demonstration: one that is open, with some answers."""

from apps.home.inquiry_story import look_for_a_place
from apps.inquiries.queries import answers_of, own_rows
from tests.cast import Cast


def test_the_demonstration_has_an_open_inquiry_with_some_answers(cast: Cast) -> None:
    people = {"sato": cast.sato, "suzuki": cast.suzuki, "takahashi": cast.takahashi, "kato": cast.matsumoto}

    look_for_a_place(people.__getitem__)

    [inquiry] = own_rows(cast.sato)
    assert (inquiry.state, inquiry.asked, inquiry.answered, inquiry.willing) == ("open", 3, 2, 2)
    assert inquiry.confirmed == []
    assert answers_of(inquiry).recipients[0].name == cast.aozora.name
