"""Answering for programs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.files.taking_out import taken_out
from apps.paper.kinds import Channel
from apps.surveys import actions, queries
from apps.surveys.access import answer_file_for, asked_recipient_for, recipient_for
from apps.surveys.api.serializers import (
    AskedPageSerializer,
    NewReplySerializer,
    ProxyReplySerializer,
    ReplySerializer,
)
from apps.surveys.api.views import sent_in
from apps.surveys.models import Recipient, Reply
from apps.surveys.refusals import WrongAnswers


class AskedView(APIView):
    @extend_schema(operation_id="surveys_asked", parameters=[PAGE], responses=AskedPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller's office is asked, what waits for an answer first."""
        return Response(AskedPageSerializer(page_of(request, queries.asked_rows(request.member))).data)


def told(recipient: Recipient, reply: Reply | None, code: int = status.HTTP_200_OK) -> Response:
    said = {
        "content": queries.content_of(recipient.survey).as_json(),
        "version": 0 if reply is None else reply.version,
        "sent_at": None if reply is None else reply.sent_at,
        "is_proxy": reply is not None and reply.is_proxy,
        "channel": Channel.ACCOUNT if reply is None else reply.channel,
        "answers": {str(number): value for number, value in queries.answers_of(reply).items()},
    }
    return Response(ReplySerializer(said).data, status=code)


def numbered(answers: dict[str, Any]) -> dict[int, Any]:
    """By number of question; what is no number is no question."""
    if not all(key.isascii() and key.isdecimal() and len(key) < 5 for key in answers):
        raise ValidationError({"answers": [_("Answers are named by the number of their question.")]})
    return {int(key): value for key, value in answers.items()}


def taken(verb: Callable[..., Reply], **about: Any) -> Reply:
    """The reply; where answers are wrong, each of them says why."""
    try:
        return verb(**about)
    except WrongAnswers as refusal:
        raise ValidationError({"answers": {str(number): [said] for number, said in refusal.wrong.items()}}) from refusal


class ReplyView(APIView):
    @extend_schema(operation_id="surveys_reply", responses=ReplySerializer)
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int) -> Response:
        """What is asked, and what the caller's office has answered so far."""
        recipient = recipient_for(request.member, survey_id, recipient_number)
        audit.looked(verb="surveys.asked_opened", by=request.member, subject=recipient.survey)
        return told(recipient, getattr(recipient, "reply", None))

    @extend_schema(operation_id="surveys_reply_write", request=NewReplySerializer, responses=ReplySerializer)
    def put(self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int) -> Response:
        """Save or send answers. 409 where a colleague has answered since `version`."""
        recipient = recipient_for(request.member, survey_id, recipient_number)
        sent = sent_in(NewReplySerializer, request)
        verb = actions.send_reply if sent["is_sent"] else actions.save_reply
        about = {"answers": numbered(sent["answers"]), "version": sent["version"]}
        return told(recipient, taken(verb, recipient=recipient, by=request.member, **about))


class SameView(APIView):
    @extend_schema(operation_id="surveys_reply_same", request=None, responses={201: ReplySerializer})
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int) -> Response:
        """Nothing has changed: send what was answered last time."""
        recipient = recipient_for(request.member, survey_id, recipient_number)
        reply = actions.send_same_reply(recipient=recipient, by=request.member)
        return told(recipient, reply, status.HTTP_201_CREATED)


class ProxyView(APIView):
    @extend_schema(operation_id="surveys_reply_enter", request=ProxyReplySerializer, responses=ReplySerializer)
    def put(self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int) -> Response:
        """Enter what an office said by phone or on paper; marked so."""
        recipient = asked_recipient_for(request.member, survey_id, recipient_number)
        sent = sent_in(ProxyReplySerializer, request)
        about = {"answers": numbered(sent["answers"]), "version": sent["version"], "channel": sent["channel"]}
        return told(recipient, taken(actions.enter_reply, recipient=recipient, by=request.member, **about))


class ReplyFileView(APIView):
    @extend_schema(
        operation_id="surveys_reply_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(
        self, request: MemberApiRequest, slug: str, survey_id: UUID, recipient_number: int, file_number: int
    ) -> HttpResponseBase:
        """The bytes of a file that an office has given: to the office itself, and to who asked."""
        found = answer_file_for(request.member, survey_id, recipient_number, file_number)
        answer = taken_out(request._request, found.file, by=request.member)
        audit.record(verb="surveys.file_opened", by=request.member, subject=found)
        return answer
