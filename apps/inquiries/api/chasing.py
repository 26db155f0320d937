"""What an asker does while answers come, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.inquiries import actions
from apps.inquiries.access import inquiry_for, recipient_for
from apps.inquiries.api.serializers import InquirySerializer, NewInquiryReplySerializer
from apps.inquiries.api.views import sent_in


class MoreTimeSerializer(serializers.Serializer[Any]):
    """Until when answers are taken."""

    due_at = serializers.DateTimeField()


class InquiryDueView(APIView):
    @extend_schema(operation_id="inquiries_extend", request=MoreTimeSerializer, responses=InquirySerializer)
    def put(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """Take answers for longer; everybody who was asked is told."""
        found, sent = inquiry_for(request.member, inquiry_id), sent_in(MoreTimeSerializer, request)
        actions.extend_inquiry(inquiry=found, due_at=sent["due_at"], by=request.member)
        return Response(InquirySerializer(inquiry_for(request.member, inquiry_id)).data)


class InquiryReminderView(APIView):
    @extend_schema(operation_id="inquiries_remind", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """Remind, now, those who have not answered; once a day."""
        actions.remind_inquiry(inquiry=inquiry_for(request.member, inquiry_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InquiryProxyView(APIView):
    @extend_schema(operation_id="inquiries_enter", request=NewInquiryReplySerializer, responses=InquirySerializer)
    def put(self, request: MemberApiRequest, slug: str, inquiry_id: UUID, recipient_id: UUID) -> Response:
        """Enter what an office without an account has said; marked so."""
        asked, sent = (
            recipient_for(request.member, inquiry_id, recipient_id),
            sent_in(NewInquiryReplySerializer, request),
        )
        actions.enter_answer(recipient=asked, by=request.member, **sent)
        return Response(InquirySerializer(inquiry_for(request.member, inquiry_id)).data)
