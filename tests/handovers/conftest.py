"""An office with two care managers: what one leaves, the other can take over."""

import pytest

from apps.environments.models import Member
from tests import makers
from tests.cast import Cast


@pytest.fixture
def okada(cast: Cast) -> Member:
    """Sato's colleague at ひだまり, who sees hana by the same seat and is in no room."""
    return makers.make_member(
        cast.hidamari, makers.make_user("okada"), name="岡田 実", kana="おかだ みのる", profession="care_manager"
    )
