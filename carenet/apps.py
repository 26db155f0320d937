from django.apps import AppConfig


class CarenetConfig(AppConfig):
    name = "carenet"

    def ready(self) -> None:
        from carenet import wiring

        wiring.connect()
