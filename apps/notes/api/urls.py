"""Addresses of notes, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.notes.api import tasks, views

app_name = "notes_api"
NOTE = "rooms/<uuid:room_id>/notes/<int:note_number>/"
urlpatterns = [
    path("rooms/<uuid:room_id>/notes/", views.NotesView.as_view(), name="notes"),
    path(NOTE, views.NoteView.as_view(), name="note"),
    path(f"{NOTE}ticks/", views.TicksView.as_view(), name="ticks"),
    path(f"{NOTE}pin/", views.PinView.as_view(), name="pin"),
    path(f"{NOTE}archive/", views.NoteArchiveView.as_view(), name="archive"),
    path(f"{NOTE}versions/", views.VersionsView.as_view(), name="versions"),
    path(f"{NOTE}versions/<int:version_number>/", views.VersionView.as_view(), name="version"),
    path(f"{NOTE}versions/<int:version_number>/return/", views.ReturnView.as_view(), name="return"),
    path(f"{NOTE}tasks/", tasks.TasksView.as_view(), name="tasks"),
    path(f"{NOTE}tasks/<int:task_number>/", tasks.TaskView.as_view(), name="task"),
    path("tasks/", tasks.OwnTasksView.as_view(), name="own_tasks"),
]
