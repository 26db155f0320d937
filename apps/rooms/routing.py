"""Sockets of this app."""

from django.urls import path

from apps.rooms.sockets import talk

websocket_urlpatterns = [path("e/<slug:slug>/ws/", talk)]
