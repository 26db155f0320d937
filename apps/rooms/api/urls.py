"""Addresses of rooms, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.rooms.api.keeping import ArchiveView, LimitsView, PinView
from apps.rooms.api.people import RoomPeopleView, RoomPersonView
from apps.rooms.api.views import MessagesView, ReadMarkView, RoomsView, RoomView

app_name = "rooms_api"
urlpatterns = [
    path("rooms/", RoomsView.as_view(), name="rooms"),
    path("rooms/limits/", LimitsView.as_view(), name="limits"),
    path("rooms/<uuid:room_id>/pin/", PinView.as_view(), name="pin"),
    path("rooms/<uuid:room_id>/archive/", ArchiveView.as_view(), name="archive"),
    path("rooms/<uuid:room_id>/", RoomView.as_view(), name="room"),
    path("rooms/<uuid:room_id>/people/", RoomPeopleView.as_view(), name="people"),
    path("rooms/<uuid:room_id>/people/<uuid:member_id>/", RoomPersonView.as_view(), name="person"),
    path("rooms/<uuid:room_id>/messages/", MessagesView.as_view(), name="messages"),
    path("rooms/<uuid:room_id>/read-mark/", ReadMarkView.as_view(), name="read_mark"),
]
