from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "apps.waiting"
