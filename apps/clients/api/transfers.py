"""Transfers of clients to another division for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import check_can_transfer, transfer_for, transfers_visible_to
from apps.clients.api.team_serializers import said_by
from apps.clients.forms import TransferForm
from apps.clients.models import Transfer
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    """Where clients pass from and to, from which moment on, and how far it has come."""

    waits = serializers.BooleanField(help_text="Fifty clients and more pass on when a second person agrees.")
    is_planned = serializers.BooleanField(help_text="It takes effect by itself, and can be taken back.")

    class Meta:
        model = Transfer
        fields = [
            *("id", "source", "target", "takes_effect_at", "planned_at", "planned_by", "needs_approval", "waits"),
            *("is_planned", "approved_at", "approved_by", "revoked_at", "revoked_by"),
        ]


class TransferPageSerializer(serializers.Serializer[Any]):
    """One page of transfers, and how many there are."""

    count = serializers.IntegerField()
    results = TransferSerializer(many=True)


class TransferLineSerializer(serializers.Serializer[Any]):
    """A client of a transfer whom the caller sees at present."""

    client = serializers.UUIDField(source="client_id")
    skipped = serializers.BooleanField(help_text="The client changed before the approval, and stays.")


class TransferShownSerializer(TransferSerializer):
    """A transfer with those of its clients whom the caller sees at present."""

    clients = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField(help_text="Also those whom the caller does not see at present.")
    conflicts = serializers.SerializerMethodField(help_text="Clients that would be left out if it was approved now.")

    class Meta(TransferSerializer.Meta):
        fields = [*TransferSerializer.Meta.fields, "clients", "total", "conflicts"]

    @extend_schema_field(TransferLineSerializer(many=True))
    def get_clients(self, transfer: Transfer) -> Any:
        return TransferLineSerializer(self.context["shown"].lines, many=True).data

    def get_total(self, transfer: Transfer) -> int:
        return int(self.context["shown"].total)

    def get_conflicts(self, transfer: Transfer) -> int:
        return int(self.context["shown"].conflicts)


class NewTransferSerializer(serializers.Serializer[Any]):
    """Which clients of one's own division pass on, where to, and from which day; read by the page's rules."""

    clients = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=5000)
    target = serializers.UUIDField(help_text="The division that will be in charge.")
    on = serializers.CharField(max_length=30, help_text="2027-04-01, or in wareki such as R9.4.1. Today: at once.")


def shown(request: MemberApiRequest, transfer: Transfer, code: int = status.HTTP_200_OK) -> Response:
    found = queries.transfer_shown(request.member, transfer)
    detail = {"clients": [str(line.client_id) for line in found.lines]}
    audit.looked(verb="clients.listed", by=request.member, subject=transfer, detail=detail)
    return Response(TransferShownSerializer(transfer, context={"shown": found}).data, status=code)


class TransfersView(APIView):
    @extend_schema(operation_id="transfers_list", parameters=[PAGE], responses=TransferPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The transfers from and to the caller's division, the newest first."""
        check_can_transfer(request.member)
        return Response(TransferPageSerializer(page_of(request, transfers_visible_to(request.member))).data)

    @extend_schema(
        operation_id="transfers_plan", request=NewTransferSerializer, responses={201: TransferShownSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Pass clients on to another division: today at once, later by itself; fifty and more wait for a second person."""
        check_can_transfer(request.member)
        sent = NewTransferSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        form = TransferForm({"target": str(words["target"]), "on": words["on"]}, member=request.member)
        if not form.is_valid():
            raise serializers.ValidationError(said_by(form))
        planned = actions.plan_transfer(clients=set(words["clients"]), **form.cleaned_data, by=request.member)
        return shown(request, planned, status.HTTP_201_CREATED)


class TransferView(APIView):
    @extend_schema(operation_id="transfers_retrieve", responses=TransferShownSerializer)
    def get(self, request: MemberApiRequest, slug: str, transfer_id: UUID) -> Response:
        """One transfer."""
        return shown(request, transfer_for(request.member, transfer_id))

    @extend_schema(operation_id="transfers_revoke", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, transfer_id: UUID) -> Response:
        """Take a transfer back before its moment: every client stays where it is."""
        actions.revoke_transfer(transfer=transfer_for(request.member, transfer_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TransferApprovalView(APIView):
    @extend_schema(operation_id="transfers_approve", request=None, responses=TransferShownSerializer)
    def post(self, request: MemberApiRequest, slug: str, transfer_id: UUID) -> Response:
        """Agree as a second person. Clients that changed since it was planned are left out, and the transfer says so."""
        transfer = transfer_for(request.member, transfer_id)
        return shown(request, actions.approve_transfer(transfer=transfer, by=request.member))
