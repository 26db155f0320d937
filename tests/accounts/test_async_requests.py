"""The middleware as a real server runs it: in an event loop."""

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import AsyncClient

from apps.accounts import actions
from apps.accounts.models import User
from tests.accounts.proofs import SECRET
from tests.live import session_cookie
from tests.makers import PASSPHRASE

pytestmark = pytest.mark.django_db(transaction=True)


@sync_to_async
def device_of_somebody() -> str:
    user = User.objects.create_user("sato.h", PASSPHRASE)
    actions.enrol_authenticator_app(user=user, secret=SECRET, by=None)
    return actions.register_device(user=user, name="tablet", by=user).token


@sync_to_async
def session_with_one_factor() -> str:
    return session_cookie(User.objects.create_user("suzuki", PASSPHRASE), second_factor=False)["value"]


async def test_a_token_opens_the_api():
    token = await device_of_somebody()

    answer = await AsyncClient().get("/api/v1/devices/", headers={"Authorization": f"Bearer {token}"})

    assert [device["is_this"] for device in answer.json()] == [True]


async def test_a_wrong_token_is_refused():
    answer = await AsyncClient().get("/api/v1/devices/", headers={"Authorization": "Bearer cn_wrong"})

    assert (answer.status_code, answer.json()["code"]) == (401, "device_token_refused")


async def test_a_stranger_is_sent_to_sign_in():
    answer = await AsyncClient().get("/e/sakuragawa-care/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


async def test_one_factor_does_not_reach_an_environment():
    client = AsyncClient()
    client.cookies[settings.SESSION_COOKIE_NAME] = await session_with_one_factor()

    page = await client.get("/e/sakuragawa-care/")
    told = await client.get("/api/v1/e/sakuragawa-care/rooms/")

    assert page["Location"].startswith("/join/second-factor/")
    assert (told.status_code, told.json()["code"]) == (403, "second_factor_missing")
