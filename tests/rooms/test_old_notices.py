"""What was told of a client's room before notifications knew whom they are about learns it from its path."""

from importlib import import_module

from django.db import connection
from django.urls import reverse

from apps.notices.actions import notify
from apps.notices.models import Notification
from tests import makers


def test_an_old_notification_learns_from_the_path_of_its_room_whom_it_is_about(cast):
    def path(room):
        return reverse("rooms:room", kwargs={"slug": cast.environment.slug, "room_id": room.pk})

    about_nobody = makers.make_room(members=[cast.sato])
    paths = {path(cast.room): cast.hana.pk, path(about_nobody): None, f"/e/{cast.environment.slug}/rooms/": None}
    for one in paths:
        notify(receivers=[cast.sato], sentence="Hello.", path=one)
    migration = import_module("apps.rooms.migrations.0022_notices_know_their_client")
    with connection.cursor() as cursor:
        cursor.execute(migration.KNOW)

    assert dict(Notification.objects.filter(sentence="Hello.").values_list("path", "about")) == paths
