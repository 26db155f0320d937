"""Addresses of this app, below an environment."""

from django.urls import path

from apps.notes.views import history, notes, tasks

app_name = "notes"
NOTE = "rooms/<uuid:room_id>/notes/<int:note_number>/"
urlpatterns = [
    path("rooms/<uuid:room_id>/notes/", notes.notes, name="notes"),
    path("rooms/<uuid:room_id>/notes/new/", notes.new, name="new"),
    path(NOTE, notes.note, name="note"),
    path(f"{NOTE}text/", notes.text, name="text"),
    path(f"{NOTE}ticks/", notes.tick, name="tick"),
    path(f"{NOTE}pin/", notes.pin, name="pin"),
    path(f"{NOTE}archive/", notes.archive, name="archive"),
    path(f"{NOTE}versions/", history.history, name="history"),
    path(f"{NOTE}versions/<int:version_number>/", history.version, name="version"),
    path(f"{NOTE}versions/<int:version_number>/return/", history.return_to, name="return"),
    path(f"{NOTE}tasks/", tasks.new, name="new_task"),
    path(f"{NOTE}tasks/<int:task_number>/", tasks.task, name="task"),
    path(f"{NOTE}tasks/<int:task_number>/state/", tasks.state, name="task_state"),
    path("tasks/", tasks.own, name="own_tasks"),
]
