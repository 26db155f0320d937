"""What the server runs: pages and the API by Django, live connections by Channels' routing and our own talk socket."""

import os
from typing import Any

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carenet.settings")
# Before anything that imports models.
django.setup(set_prefix=False)

from apps.rooms.routing import websocket_urlpatterns  # noqa: E402
from carenet.bounds import Bounded  # noqa: E402
from carenet.pages import Pages  # noqa: E402

sockets = AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
# The page of another site may open a socket with our cookies: its origin is looked at first.
sockets_of_our_pages = AllowedHostsOriginValidator(sockets)


async def websocket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A program that shows a device's token has no origin; no page of a browser can show one."""
    shows_token = any(name == b"authorization" for name, _ in scope["headers"])
    await (sockets if shows_token else sockets_of_our_pages)(scope, receive, send)


application = ProtocolTypeRouter({"http": Bounded(Pages()), "websocket": websocket})
