"""Answering for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import asked_for, release_for
from apps.inquiries.api.serializers import (
    AskedInquiriesSerializer,
    AskedInquirySerializer,
    NewInquiryReplySerializer,
)
from apps.inquiries.api.views import sent_in
from apps.inquiries.models import Recipient, Release


def told(recipient: Recipient, release: Release | None = None) -> dict[str, Any]:
    return {
        "id": recipient.pk,
        "office": recipient.name,
        "card": queries.shown(recipient.inquiry),
        "reply": queries.reply_of(recipient),
        "told": None if release is None else identity(release),
    }


def identity(release: Release) -> dict[str, str]:
    client = release.inquiry.for_whom.client
    about = {"name": client.name, "kana": client.kana, "born_on": client.born_on.isoformat()}
    return about | {"contact": release.contact}


class AskedInquiriesView(APIView):
    @extend_schema(operation_id="inquiries_asked", parameters=[PAGE], responses=AskedInquiriesSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller's office is asked, what waits for an answer first. Whose need it is stands on no list."""
        page = page_of(request, queries.asked_rows(request.member))
        shown = {**page, "results": [told(one) for one in page["results"]]}
        return Response(AskedInquiriesSerializer(shown).data)


class AskedInquiryView(APIView):
    @extend_schema(operation_id="inquiries_asked_one", responses=AskedInquirySerializer)
    def get(self, request: MemberApiRequest, slug: str, recipient_id: UUID) -> Response:
        """One need without a name; `told` where the caller's office was chosen and a consent holds."""
        recipient = asked_for(request.member, recipient_id)
        release = release_for(request.member, recipient)
        if release is None:
            audit.looked(verb="inquiries.asked_opened", by=request.member, subject=recipient)
        else:
            audit.opened(release.inquiry.for_whom.client, by=request.member, subject=recipient)
        return Response(AskedInquirySerializer(told(recipient, release)).data)


class InquiryReplyView(APIView):
    @extend_schema(operation_id="inquiries_reply", request=NewInquiryReplySerializer, responses=AskedInquirySerializer)
    def put(self, request: MemberApiRequest, slug: str, recipient_id: UUID) -> Response:
        """Answer, or change the answer. 409 where a colleague has answered since `version`."""
        recipient = asked_for(request.member, recipient_id)
        sent = sent_in(NewInquiryReplySerializer, request)
        actions.answer_inquiry(recipient=recipient, by=request.member, **sent)
        return Response(AskedInquirySerializer(told(asked_for(request.member, recipient_id))).data)
