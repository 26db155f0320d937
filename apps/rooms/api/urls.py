"""Addresses of rooms, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.rooms.api.confirming import (
    AcknowledgementsView,
    AcknowledgementView,
    AskView,
    ReminderView,
    ToConfirmView,
)
from apps.rooms.api.drafts import DraftView
from apps.rooms.api.files import RoomFileContentView, RoomFilesView, RoomFileView
from apps.rooms.api.forwarding import ForwardView
from apps.rooms.api.handling import HandlingView, OfficeView
from apps.rooms.api.inspecting import (
    RemovedInRoomView,
    RemovedTextInRoomView,
    RoomInspectionSearchView,
    RoomInspectionsView,
)
from apps.rooms.api.keeping import ArchiveView, LimitsView, PinView
from apps.rooms.api.mentions import MentionableView, MentionsView
from apps.rooms.api.messages import MessageView
from apps.rooms.api.people import RoomPeopleView, RoomPersonView
from apps.rooms.api.personal import BookmarksView, BookmarkView, TodosView, TodoView
from apps.rooms.api.reactions import ReactionsView, ReactionView
from apps.rooms.api.removed import RemovedTextView, RemovedView
from apps.rooms.api.retention import RetentionView
from apps.rooms.api.searching import SearchView
from apps.rooms.api.seen import SeenView
from apps.rooms.api.views import MessagesView, ReadMarkView, RoomsView, RoomView
from apps.rooms.api.waiting import WaitingListView, WaitingSendingView, WaitingView

app_name = "rooms_api"
urlpatterns = [
    path("rooms/", RoomsView.as_view(), name="rooms"),
    path("rooms/search/", SearchView.as_view(), name="search"),
    path("rooms/limits/", LimitsView.as_view(), name="limits"),
    path("rooms/retention/", RetentionView.as_view(), name="retention"),
    path("rooms/inspections/", RoomInspectionsView.as_view(), name="inspections"),
    path("rooms/inspections/search/", RoomInspectionSearchView.as_view(), name="inspection_search"),
    path("rooms/<uuid:room_id>/inspection/deleted-messages/", RemovedInRoomView.as_view(), name="removed_in_room"),
    path(
        "rooms/<uuid:room_id>/inspection/deleted-messages/<int:message_number>/",
        RemovedTextInRoomView.as_view(),
        name="removed_text_in_room",
    ),
    path("rooms/to-do/", TodosView.as_view(), name="todos"),
    path("rooms/office/", OfficeView.as_view(), name="office"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/handling/", HandlingView.as_view(), name="handling"),
    path("rooms/to-confirm/", ToConfirmView.as_view(), name="to_confirm"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/ask/", AskView.as_view(), name="ask"),
    path(
        "rooms/<uuid:room_id>/messages/<int:message_number>/acknowledgement/",
        AcknowledgementView.as_view(),
        name="acknowledgement",
    ),
    path(
        "rooms/<uuid:room_id>/messages/<int:message_number>/acknowledgements/",
        AcknowledgementsView.as_view(),
        name="acknowledgements",
    ),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/reminder/", ReminderView.as_view(), name="reminder"),
    path("rooms/mentions/", MentionsView.as_view(), name="mentions"),
    path("rooms/<uuid:room_id>/mentionable/", MentionableView.as_view(), name="mentionable"),
    path("rooms/bookmarks/", BookmarksView.as_view(), name="bookmarks"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/to-do/", TodoView.as_view(), name="todo"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/bookmark/", BookmarkView.as_view(), name="bookmark"),
    path("rooms/waiting/", WaitingListView.as_view(), name="waiting"),
    path("rooms/waiting/<uuid:waiting_id>/", WaitingView.as_view(), name="waiting_one"),
    path("rooms/waiting/<uuid:waiting_id>/sending/", WaitingSendingView.as_view(), name="waiting_sending"),
    path("rooms/<uuid:room_id>/draft/", DraftView.as_view(), name="draft"),
    path("rooms/<uuid:room_id>/pin/", PinView.as_view(), name="pin"),
    path("rooms/<uuid:room_id>/archive/", ArchiveView.as_view(), name="archive"),
    path("rooms/<uuid:room_id>/", RoomView.as_view(), name="room"),
    path("rooms/<uuid:room_id>/people/", RoomPeopleView.as_view(), name="people"),
    path("rooms/<uuid:room_id>/people/<uuid:member_id>/", RoomPersonView.as_view(), name="person"),
    path("rooms/<uuid:room_id>/messages/", MessagesView.as_view(), name="messages"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/", MessageView.as_view(), name="message"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/forward/", ForwardView.as_view(), name="forward"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/seen/", SeenView.as_view(), name="seen"),
    path("rooms/<uuid:room_id>/messages/<int:message_number>/reactions/", ReactionsView.as_view(), name="reactions"),
    path(
        "rooms/<uuid:room_id>/messages/<int:message_number>/reactions/<slug:phrase>/",
        ReactionView.as_view(),
        name="reaction",
    ),
    path("rooms/<uuid:room_id>/files/", RoomFilesView.as_view(), name="files"),
    path("rooms/<uuid:room_id>/files/<int:message_number>/<int:file_number>/", RoomFileView.as_view(), name="file"),
    path(
        "rooms/<uuid:room_id>/files/<int:message_number>/<int:file_number>/content/",
        RoomFileContentView.as_view(),
        name="file_content",
    ),
    path("clients/<uuid:client_id>/inspection/deleted-messages/", RemovedView.as_view(), name="removed"),
    path(
        "clients/<uuid:client_id>/inspection/deleted-messages/<uuid:room_id>/<int:message_number>/",
        RemovedTextView.as_view(),
        name="removed_text",
    ),
    path("rooms/<uuid:room_id>/read-mark/", ReadMarkView.as_view(), name="read_mark"),
]
