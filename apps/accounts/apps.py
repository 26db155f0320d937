"""Registers the app and lets it hear what allauth announces."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        from apps.accounts import ledger  # noqa: F401 - connects the receivers
        from apps.accounts.api import authentication  # noqa: F401 - registers the OpenAPI scheme
