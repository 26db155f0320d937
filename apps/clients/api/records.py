"""Numbers, certifications and contacts of a client for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    certification_for,
    check_can_change_contact,
    check_can_edit,
    client_for,
    contact_for,
    number_for,
)
from apps.clients.actions import Granted, Reached
from apps.clients.api.record_serializers import (
    CertificationSerializer,
    ContactSerializer,
    NewCertificationSerializer,
    NewContactSerializer,
    NewNumberSerializer,
    NumberSerializer,
    OpenedNumberSerializer,
)
from apps.clients.models import Client, FamilyContact
from apps.environments.requests import MemberApiRequest


def client_to_edit(request: MemberApiRequest, client_id: UUID) -> Client:
    client = client_for(request.member, client_id)
    check_can_edit(request.member, client)
    return client


def sent(form: Any) -> dict[str, Any]:
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class NumbersView(APIView):
    @extend_schema(operation_id="numbers_list", responses=NumberSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The numbers of the client's certificates, masked."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(NumberSerializer(queries.numbers_of(client), many=True).data)

    @extend_schema(operation_id="numbers_write", request=NewNumberSerializer, responses={201: NumberSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Write down the number of a certificate: the one before is struck out, and one that somebody else has is refused."""
        client = client_to_edit(request, client_id)
        written = actions.write_number(client=client, by=request.member, **sent(NewNumberSerializer(data=request.data)))
        return Response(NumberSerializer(written).data, status=status.HTTP_201_CREATED)


class NumberView(APIView):
    @extend_schema(operation_id="numbers_strike", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, number_id: UUID) -> Response:
        """Strike out a number that was written by mistake; it is kept."""
        client = client_for(request.member, client_id)
        actions.strike_number(number=number_for(request.member, client, number_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class NumberOpeningView(APIView):
    @extend_schema(operation_id="numbers_open", request=None, responses=OpenedNumberSerializer)
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID, number_id: UUID) -> Response:
        """The number in full. Every opening is an entry in the ledger."""
        client = client_for(request.member, client_id)
        clear = actions.open_number(number=number_for(request.member, client, number_id), by=request.member)
        return Response(OpenedNumberSerializer({"number": clear}).data)


class CertificationsView(APIView):
    @extend_schema(operation_id="certifications_list", responses=CertificationSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Every certified period, the newest first, also those struck out."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(CertificationSerializer(queries.certifications_of(client), many=True).data)

    @extend_schema(
        operation_id="certifications_write",
        request=NewCertificationSerializer,
        responses={201: CertificationSerializer},
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Write down a certified period. The one before ends on its eve; any other overlap is refused."""
        client = client_to_edit(request, client_id)
        granted = Granted(**sent(NewCertificationSerializer(data=request.data)))
        written = actions.write_certification(client=client, granted=granted, by=request.member)
        return Response(CertificationSerializer(written).data, status=status.HTTP_201_CREATED)


class CertificationView(APIView):
    @extend_schema(operation_id="certifications_strike", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, certification_id: UUID) -> Response:
        """Strike out a period that was written by mistake; it is kept."""
        client = client_for(request.member, client_id)
        certification = certification_for(request.member, client, certification_id)
        actions.strike_certification(certification=certification, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


def contact_shown(request: MemberApiRequest, contact: FamilyContact, code: int = status.HTTP_200_OK) -> Response:
    [shown] = [one for one in queries.contacts_of(request.member, contact.client) if one.contact.pk == contact.pk]
    return Response(ContactSerializer(shown).data, status=code)


class ContactsView(APIView):
    @extend_schema(operation_id="contacts_list", responses=ContactSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """The family and guardians, the key person first. Phone numbers as far as they are for the caller."""
        client = client_for(request.member, client_id)
        audit.opened(client, by=request.member)
        return Response(ContactSerializer(queries.contacts_of(request.member, client), many=True).data)

    @extend_schema(operation_id="contacts_write", request=NewContactSerializer, responses={201: ContactSerializer})
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Write down somebody of the family. A new key person takes the place of the one before."""
        client = client_to_edit(request, client_id)
        reached = Reached(**sent(NewContactSerializer(data=request.data)))
        written = actions.write_contact(client=client, reached=reached, by=request.member)
        return contact_shown(request, written, status.HTTP_201_CREATED)


class ContactView(APIView):
    @extend_schema(operation_id="contacts_change", request=NewContactSerializer, responses=ContactSerializer)
    def put(self, request: MemberApiRequest, slug: str, client_id: UUID, contact_id: UUID) -> Response:
        """Write a contact anew: it gets another id, and what stood there is kept."""
        client = client_for(request.member, client_id)
        contact = contact_for(request.member, client, contact_id)
        check_can_change_contact(request.member, contact)
        reached = Reached(**sent(NewContactSerializer(data=request.data)))
        return contact_shown(request, actions.change_contact(contact=contact, reached=reached, by=request.member))

    @extend_schema(operation_id="contacts_strike", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, client_id: UUID, contact_id: UUID) -> Response:
        """Strike out a contact; it is kept."""
        client = client_for(request.member, client_id)
        actions.strike_contact(contact=contact_for(request.member, client, contact_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
