"""Tasks of notes, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import names_beside
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.kernel.my_number import no_individual_number
from apps.notes import actions, queries
from apps.notes.access import check_can_write_note, note_for, owner_for, task_for
from apps.notes.api.views import looked_at
from apps.notes.models import Note, NoteTask
from apps.notes.queries import TaskShown
from apps.notes.views.tasks import note_look
from apps.rooms.actions import check_room
from apps.rooms.api.serializers import AuthorSerializer


class TaskSerializer(serializers.Serializer[Any]):
    """A task; `owner` is null where nobody has it, because nobody was named or because they are in the room no more."""

    number = serializers.IntegerField(source="task.number")
    text = serializers.CharField(source="task.text")
    owner = serializers.SerializerMethodField()
    due_on = serializers.DateField(source="task.due_on", allow_null=True)
    is_overdue = serializers.BooleanField()
    is_done = serializers.BooleanField(source="task.is_done")
    done_at = serializers.DateTimeField(source="task.done_at", allow_null=True)

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_owner(self, row: TaskShown) -> Any:
        return None if row.owner is None else AuthorSerializer(row.owner).data


class OwnTaskSerializer(serializers.Serializer[Any]):
    """A task of the caller's, and where it stands."""

    room = serializers.UUIDField(source="task.note.room_id")
    note = serializers.IntegerField(source="task.note.number")
    number = serializers.IntegerField(source="task.number")
    text = serializers.CharField(source="task.text")
    due_on = serializers.DateField(source="task.due_on", allow_null=True)
    is_overdue = serializers.BooleanField()


class OwnTaskPageSerializer(serializers.Serializer[Any]):
    """One page of the caller's tasks, and how many there are."""

    count = serializers.IntegerField()
    results = OwnTaskSerializer(many=True)


class NewTaskSerializer(serializers.Serializer[Any]):
    """What is to be done, by whom (an id of somebody who writes in the room), until when."""

    text = serializers.CharField(max_length=NoteTask.LONGEST, validators=[no_individual_number])
    owner = serializers.UUIDField(allow_null=True, default=None)
    due_on = serializers.DateField(allow_null=True, default=None)
    is_sure = serializers.BooleanField(default=False)


class TaskStandSerializer(serializers.Serializer[Any]):
    """How a task stands from now on."""

    owner = serializers.UUIDField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    is_done = serializers.BooleanField()


def told(request: MemberApiRequest, note: Note, number: int) -> Any:
    rows = queries.tasks_shown(note, names_beside(request.member, note.room.client))
    return TaskSerializer(next(row for row in rows if row.task.number == number)).data


class TasksView(APIView):
    @extend_schema(operation_id="note_tasks_list", responses=TaskSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """The tasks of a note: what is to be done first, then what is done."""
        note = looked_at(request, room_id, note_number)
        rows = queries.tasks_shown(note, names_beside(request.member, note.room.client))
        return Response(TaskSerializer(rows, many=True).data)

    @extend_schema(operation_id="note_tasks_create", request=NewTaskSerializer, responses={201: TaskSerializer})
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int) -> Response:
        """Add a task. 409 where the text seems to name somebody else than the room's client."""
        note = note_for(request.member, room_id, note_number)
        check_can_write_note(request.member, note)
        sent = NewTaskSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        about = sent.validated_data
        check_room(room=note.room, message={"body": about["text"]}, is_sure=about["is_sure"], by=request.member)
        owner = owner_for(note, about["owner"]) if about["owner"] else None
        due = {"text": about["text"], "due_on": about["due_on"]}
        task = actions.add_task(note=note, owner=owner, by=request.member, **due)
        return Response(told(request, note, task.number), status=status.HTTP_201_CREATED)


class TaskView(APIView):
    @extend_schema(operation_id="note_tasks_change", request=TaskStandSerializer, responses=TaskSerializer)
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, note_number: int, task_number: int) -> Response:
        """Who does it, until when, and whether it is done."""
        note = note_for(request.member, room_id, note_number)
        check_can_write_note(request.member, note)
        task, sent = task_for(note, task_number), TaskStandSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        about = sent.validated_data
        owner = owner_for(note, about["owner"]) if about["owner"] else None
        actions.change_task(task=task, owner=owner, due_on=about["due_on"], by=request.member)
        (actions.finish_task if about["is_done"] else actions.reopen_task)(task=task, by=request.member)
        return Response(told(request, note, task_number))


class OwnTasksView(APIView):
    @extend_schema(operation_id="own_tasks_list", parameters=[PAGE], responses=OwnTaskPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller has to do in all rooms, what is due first first."""
        page = page_of(request, queries.own_tasks(request.member))
        note_look(request, page["results"])
        return Response(OwnTaskPageSerializer({**page, "results": queries.own_rows(page["results"])}).data)
