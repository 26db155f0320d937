"""Sockets of this app."""

from typing import Any

from django.urls import path

from apps.rooms.sockets import talk

# Channels routes ASGI applications where Django's types expect views.
application: Any = talk
websocket_urlpatterns = [path("e/<slug:slug>/ws/", application)]
