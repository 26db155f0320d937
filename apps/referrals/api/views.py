"""The way to the start for programs: the same doors, the same verbs, the same ledger."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.referrals import actions, queries
from apps.referrals.access import (
    check_can_follow,
    check_can_read_days,
    check_can_refer,
    facilities_to_approach,
    kinds_of,
    referral_for,
    referrals_of_client,
    step_for,
)
from apps.referrals.api.serializers import (
    DaysToStartSerializer,
    NewReferralSerializer,
    NewReferralStepSerializer,
    ReferralPageSerializer,
    ReferralRowSerializer,
    ReferralSerializer,
    StepCorrectionSerializer,
)
from apps.referrals.drawing import Days
from apps.referrals.forms import DaysForm
from apps.referrals.models import Referral
from apps.referrals.refusals import FacilityNotOpen

OVER = OpenApiParameter("over", OpenApiTypes.BOOL, description="Whether what has come to its end is told too.")
DAYS = [
    OpenApiParameter("since", OpenApiTypes.INT, description="The first fiscal year; the last one unless given."),
    OpenApiParameter("until", OpenApiTypes.INT, description="The last fiscal year, included; this one unless given."),
    OpenApiParameter("by", enum=["year", "quarter"], description="Outside the city always whole years."),
    OpenApiParameter("kind", description="The name of one kind of service; all unless given."),
]


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def whole(request: MemberApiRequest, referral: Referral) -> dict[str, Any]:
    [row] = queries.rows_of(request.member, [referral])
    steps = referral.steps.select_related("corrects")
    told = {"referral": row.referral, "client": row.client, "age_group": row.age_group}
    return dict(ReferralSerializer({**told, "steps": steps, "possible": kinds_of(request.member, referral)}).data)


class ReferralsView(APIView):
    @extend_schema(operation_id="referrals_list", parameters=[PAGE, OVER], responses=ReferralPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What is under way, the longest standing first: of the clients whose care the caller coordinates, and to their facility."""
        check_can_follow(request.member)
        is_over = request.query_params.get("over") in {"1", "true"}
        page = page_of(request, queries.under_way(request.member, {"over": is_over}))
        page["results"] = queries.rows_of(request.member, page["results"])
        shown = [str(one.client.pk) for one in page["results"] if one.client is not None]
        audit.looked(verb="referrals.listed", by=request.member, detail={"clients": shown})
        return Response(ReferralPageSerializer(page).data)


class ClientReferralsView(APIView):
    @extend_schema(operation_id="client_referrals_list", responses=ReferralRowSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Every facility that is approached for a client."""
        client = client_for(request.member, client_id)
        rows = queries.rows_of(request.member, list(referrals_of_client(request.member, client)))
        audit.opened(client, by=request.member)
        return Response(ReferralRowSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="client_referrals_create", request=NewReferralSerializer, responses={201: ReferralSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, client_id: UUID) -> Response:
        """Approach a facility for a client."""
        client = client_for(request.member, client_id)
        check_can_refer(request.member, client)
        sent = sent_in(NewReferralSerializer, request)
        facility = facilities_to_approach(request.member).filter(pk=sent["facility"]).first()
        if facility is None:
            raise FacilityNotOpen(client_id=client.pk)
        made = actions.refer(client=client, facility=facility, consulted_on=sent["consulted_on"], by=request.member)
        return Response(whole(request, referral_for(request.member, made.pk)), status.HTTP_201_CREATED)


class ReferralView(APIView):
    @extend_schema(operation_id="referrals_retrieve", responses=ReferralSerializer)
    def get(self, request: MemberApiRequest, slug: str, referral_id: UUID) -> Response:
        """One facility with every step, and what may be said next."""
        found = referral_for(request.member, referral_id)
        audit.opened(found.client, by=request.member, subject=found)
        return Response(whole(request, found))


class ReferralStepsView(APIView):
    @extend_schema(
        operation_id="referral_steps_create", request=NewReferralStepSerializer, responses={201: ReferralSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, referral_id: UUID) -> Response:
        """Write down what happened; 409 where it does not follow from where the referral stands."""
        found = referral_for(request.member, referral_id)
        actions.take_step(referral=found, by=request.member, **sent_in(NewReferralStepSerializer, request))
        return Response(whole(request, referral_for(request.member, referral_id)), status.HTTP_201_CREATED)


class StepCorrectionView(APIView):
    @extend_schema(
        operation_id="referral_steps_correct", request=StepCorrectionSerializer, responses={201: ReferralSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str, referral_id: UUID, step_number: int) -> Response:
        """Take back a step, with a reason; it stays in the history."""
        step = step_for(request.member, referral_id, step_number)
        actions.correct_step(step=step, by=request.member, **sent_in(StepCorrectionSerializer, request))
        return Response(whole(request, referral_for(request.member, referral_id)), status.HTTP_201_CREATED)


class DaysToStartView(APIView):
    @extend_schema(operation_id="referrals_days", parameters=DAYS, responses=DaysToStartSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Median and quartiles per kind, period and operator. Outside the city whole years, and no small number."""
        check_can_read_days(request.member)
        form = DaysForm(request.query_params, kinds=queries.kinds_started())
        if form.errors:
            raise ValidationError({name: [str(one) for one in said] for name, said in form.errors.items()})
        found = queries.days_to_start(request.member, **form.span)
        return Response(DaysToStartSerializer({"is_masked": found.is_masked, "rows": rows_of(found)}).data)


def rows_of(days: Days) -> list[dict[str, Any]]:
    rows = []
    for group in days.groups:
        for box in (shape.box for shape in group.shapes):
            told = asdict(box)
            period = {"fiscal_year": box.period.year, "quarter": box.period.quarter, "kind": group.kind}
            rows.append({**told, **period, "lower_quartile": box.lower, "upper_quartile": box.upper})
    return rows
