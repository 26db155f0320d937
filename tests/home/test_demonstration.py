"""The page of the demonstration: everybody's way in, only where it is a demonstration."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.conf import settings
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from apps.home import demonstration
from apps.home.views.demo import demo

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def with_app(cast):
    """Sato has an authenticator app."""
    Authenticator.objects.filter(user=cast.sato.user).delete()
    data = {"secret": get_adapter().encrypt(SECRET)}
    return Authenticator.objects.create(user=cast.sato.user, type=Authenticator.Type.TOTP, data=data)


def test_an_installation_has_no_such_page():
    assert settings.DEMO is False
    with pytest.raises(NoReverseMatch):
        reverse("home:demo")


def test_the_shown_code_is_accepted(with_app):
    [stand] = [stand for stand in demonstration.cast_of_demonstration() if stand.login_id == "sato"]

    assert validate_totp_code(SECRET, stand.code)
    assert 0 < demonstration.seconds_left() <= 30


def test_people_are_shown_with_their_places(cast, with_app):
    [stand] = [stand for stand in demonstration.cast_of_demonstration() if stand.login_id == "sato"]

    assert [member.pk for member in stand.members] == [cast.sato.pk]


def test_people_without_an_authenticator_app_are_not_shown(cast):
    Authenticator.objects.filter(user=cast.sato.user).delete()

    assert "sato" not in [stand.login_id for stand in demonstration.cast_of_demonstration()]


def test_the_passphrase_of_the_demonstration_is_long_enough():
    from django.contrib.auth.password_validation import validate_password

    validate_password(demonstration.PASSPHRASE)


def test_a_stranger_may_read_it():
    assert getattr(demo, "login_required", True) is False


def test_it_shows_the_way_in(with_app, settings):
    settings.ROOT_URLCONF = "tests.home.urls_of_the_demonstration"
    request = RequestFactory().get("/demo/")
    request.htmx = False

    page = demo(request).content.decode()

    assert demonstration.PASSPHRASE in page
    assert "sato" in page
