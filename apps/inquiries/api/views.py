"""Asking for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import can_ask, facilities_to_ask, inquiry_for, organizations_to_ask, recipient_for
from apps.inquiries.api.serializers import (
    InquiryPageSerializer,
    InquirySerializer,
    NewInquirySerializer,
    NewReleaseSerializer,
)
from apps.inquiries.models import Inquiry
from apps.inquiries.refusals import IdentifyingWords, RecipientNotHere
from apps.kernel.refusals import NotAllowed


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def check_can_ask(request: MemberApiRequest) -> None:
    if not can_ask(request.member):
        raise NotAllowed


def picked(there: QuerySet[Any], wanted: list[UUID]) -> list[Any]:
    """These, in the order in which they were named."""
    found = {one.pk: one for one in there.filter(pk__in=wanted)}
    if set(wanted) - found.keys():
        raise RecipientNotHere
    return [found[one] for one in wanted]


class InquiriesView(APIView):
    @extend_schema(operation_id="inquiries_list", parameters=[PAGE], responses=InquiryPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller's organization asks, the newest first."""
        check_can_ask(request)
        page = page_of(request, queries.own_rows(request.member))
        shown = [str(one.for_whom.client_id) for one in page["results"]]
        audit.looked(verb="inquiries.listed", by=request.member, detail={"clients": shown})
        return Response(InquiryPageSerializer(page).data)

    @extend_schema(operation_id="inquiries_send", request=NewInquirySerializer, responses={201: InquirySerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Ask several offices. 400 with the places of what was found where words could tell who it is."""
        check_can_ask(request)
        form = NewInquirySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(InquirySerializer(made(request, form)).data, status.HTTP_201_CREATED)


def made(request: MemberApiRequest, form: NewInquirySerializer) -> Inquiry:
    sent = form.validated_data
    client = client_for(request.member, sent["client"])
    offices = picked(organizations_to_ask(request.member), sent["organizations"])
    places = picked(facilities_to_ask(request.member), sent["facilities"])
    about = {"organizations": offices, "facilities": places, "due_at": sent["due_at"], "confirmed": sent["confirmed"]}
    try:
        inquiry = actions.send_inquiry(client=client, card=form.card(), by=request.member, **about)
    except IdentifyingWords as refusal:
        raise ValidationError({name: said(ones) for name, ones in refusal.found.items()}) from refusal
    return inquiry_for(request.member, inquiry.pk)


def said(findings: list[Any]) -> list[str]:
    """What was found and where, in letters from the beginning; the words themselves are the sender's."""
    sentence = _("Letters %(begins)s to %(ends)s: %(kind)s. Change it, or name the word in “confirmed”.")
    return [sentence % {"begins": one.begins + 1, "ends": one.ends, "kind": one.kind.label} for one in findings]


class InquiryView(APIView):
    @extend_schema(operation_id="inquiries_retrieve", responses=InquirySerializer)
    def get(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """An inquiry of the caller's organization with all answers."""
        found = inquiry_for(request.member, inquiry_id)
        audit.opened(found.for_whom.client, by=request.member, subject=found)
        return Response(InquirySerializer(found).data)


class ReleaseView(APIView):
    @extend_schema(operation_id="inquiries_release", request=NewReleaseSerializer, responses={201: InquirySerializer})
    def post(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """Choose an office: it is told whose need it is, by a consent that covers it, and the others that it is settled."""
        inquiry_for(request.member, inquiry_id)
        sent = sent_in(NewReleaseSerializer, request)
        recipient = recipient_for(request.member, inquiry_id, sent["recipient"])
        actions.release_identity(recipient=recipient, contact=sent["contact"], by=request.member)
        found = inquiry_for(request.member, inquiry_id)
        return Response(InquirySerializer(found).data, status.HTTP_201_CREATED)


class WithdrawalView(APIView):
    @extend_schema(operation_id="inquiries_withdraw", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, inquiry_id: UUID) -> Response:
        """Ask no more; everybody who was asked is told."""
        actions.withdraw_inquiry(inquiry=inquiry_for(request.member, inquiry_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
