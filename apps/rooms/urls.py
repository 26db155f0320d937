"""Addresses of this app, below an environment."""

from django.urls import path

from apps.rooms.views import archiving, limits, messages, opening, people, pins, rooms

app_name = "rooms"
urlpatterns = [
    path("rooms/", rooms.room_list, name="list"),
    path("rooms/new/", opening.new, name="new"),
    path("rooms/limits/", limits.limits, name="limits"),
    path("rooms/<uuid:room_id>/", rooms.room, name="room"),
    path("rooms/<uuid:room_id>/messages/", messages.messages, name="messages"),
    path("rooms/<uuid:room_id>/read-mark/", messages.read_mark, name="read_mark"),
    path("rooms/<uuid:room_id>/people/", people.people, name="people"),
    path("rooms/<uuid:room_id>/people/<uuid:member_id>/removal/", people.removal, name="removal"),
    path("rooms/<uuid:room_id>/people/<uuid:member_id>/role/", people.role, name="role"),
    path("rooms/<uuid:room_id>/pin/", pins.pin, name="pin"),
    path("rooms/<uuid:room_id>/archive/", archiving.archive, name="archive"),
    path("clients/<uuid:client_id>/rooms/", rooms.of_client, name="of_client"),
]
