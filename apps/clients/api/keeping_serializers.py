"""How kept records and inspections are shown to programs, and what an auditor sends to begin one."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from apps.clients.api.consent_serializers import ConsentSerializer
from apps.clients.api.papers import PaperSerializer
from apps.clients.models import Basis, Client, ClientPaper, PaperKind
from apps.clients.queries import PaperShown


class ClosedClientSerializer(serializers.ModelSerializer[Client]):
    """A client whom the caller does not see, by what the pages for it tell."""

    birth_year = serializers.IntegerField(source="born_on.year")

    class Meta:
        model = Client
        fields = ["id", "name", "kana", "birth_year"]


class KeptPageSerializer(serializers.Serializer[Any]):
    """One page of clients whose records are kept, and how many there are."""

    count = serializers.IntegerField()
    results = ClosedClientSerializer(many=True)


class SpanSerializer(serializers.Serializer[Any]):
    """A seat: whose, from when until when."""

    organization = serializers.CharField(help_text="As the caller may be shown it; its kind where it is protected.")
    valid_from = serializers.DateTimeField()
    valid_to = serializers.DateTimeField(allow_null=True)


class KeptSeatSerializer(SpanSerializer):
    """A seat of the caller's own organization."""

    organization = serializers.CharField(source="organization.name")


class KeptPaperSerializer(PaperSerializer):
    """A paper that the caller's organization has put into the record, and where its bytes are."""

    content = serializers.SerializerMethodField(help_text="The path of its bytes.")

    def get_content(self, shown: PaperShown) -> str:
        paper = shown.paper
        words = {"slug": self.context["slug"], "client_id": paper.client_id, "paper_number": paper.number}
        return reverse("clients_api:kept_paper", kwargs=words)


class KeptSerializer(serializers.Serializer[Any]):
    """What the caller's organization keeps of a client: its own, until when, and by which rule."""

    client = ClosedClientSerializer()
    basis = serializers.CharField(help_text="The rule, as a sentence in the caller's language.")
    years = serializers.IntegerField(help_text="From the end of the support.")
    until = serializers.DateTimeField(allow_null=True, help_text="Null while that end has not been recorded.")
    seats = KeptSeatSerializer(many=True)
    consents = ConsentSerializer(many=True)
    papers = KeptPaperSerializer(many=True)


class InspectionSearchSerializer(serializers.Serializer[Any]):
    """The basis in law with its reference, and by what the client is looked for; read by the page's rules."""

    basis = serializers.ChoiceField(choices=Basis.choices)
    reference = serializers.CharField(max_length=120, help_text="Such as the number of the audit plan. No names.")
    q = serializers.CharField(max_length=100, help_text="Name or reading, at least two letters.")


class NewInspectionSerializer(InspectionSearchSerializer):
    """The same, and which of those who are found by it."""

    client = serializers.UUIDField()


class InspectedPaperSerializer(serializers.Serializer[Any]):
    """That there is a paper, and who put it there; never its title or its bytes."""

    kind = serializers.ChoiceField(choices=PaperKind.choices)
    uploaded_at = serializers.DateTimeField()
    uploaded_by = serializers.SerializerMethodField()
    removed_at = serializers.DateTimeField(allow_null=True)

    def get_uploaded_by(self, paper: ClientPaper) -> str:
        return str(self.context["names"].of(paper.uploaded_by).name)


class LookSerializer(serializers.Serializer[Any]):
    """An entry of the ledger about the client."""

    recorded_at = serializers.DateTimeField(source="entry.recorded_at")
    who = serializers.CharField(help_text="Empty where nobody did it.")
    verb = serializers.CharField(source="entry.verb")
    purpose = serializers.CharField(source="entry.purpose")
    outcome = serializers.CharField(source="entry.outcome", help_text="`done` or `refused`.")


class InspectionSerializer(serializers.Serializer[Any]):
    """What stands around a record, while the inspection lasts: nothing that was said, and no content of papers."""

    id = serializers.UUIDField(source="inspection.pk")
    client = ClosedClientSerializer(source="inspection.client")
    basis = serializers.ChoiceField(source="inspection.basis", choices=Basis.choices)
    reference = serializers.CharField(source="inspection.reference")
    opened_at = serializers.DateTimeField(source="inspection.opened_at")
    closes_at = serializers.DateTimeField(source="inspection.closes_at")
    division = serializers.CharField(source="inspection.client.division.name", default="")
    registered_at = serializers.DateTimeField(source="inspection.client.registered_at")
    seats = serializers.SerializerMethodField()
    consents = serializers.SerializerMethodField()
    papers = InspectedPaperSerializer(source="found.papers", many=True)
    looks = LookSerializer(source="found.looks", many=True, help_text="The newest 200.")

    def get_seats(self, shown: Any) -> Any:
        told = [
            {"organization": body, "valid_from": seat.valid_from, "valid_to": seat.valid_to}
            for seat, body in shown["found"].seats
        ]
        return SpanSerializer(told, many=True).data

    def get_consents(self, shown: Any) -> Any:
        consents = shown["found"].consents
        return ConsentSerializer([*consents.present, *consents.past], many=True).data
