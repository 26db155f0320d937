"""Access reviews for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.access import check_can_administer, member_for, organization_for
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.handovers import actions, queries
from apps.handovers.access import check_can_answer, places_shown_to, review_for, reviews_visible_to
from apps.handovers.models import Answer, Review, ReviewedPlace


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """One time of asking, in numbers."""

    asked = serializers.IntegerField()
    kept = serializers.IntegerField()
    suspended = serializers.IntegerField()

    class Meta:
        model = Review
        fields = ["id", "started_at", "due_at", "closed_at", "asked", "kept", "suspended"]


class ReviewPageSerializer(serializers.Serializer[Any]):
    """One page of reviews, and how many there are."""

    count = serializers.IntegerField()
    results = ReviewSerializer(many=True)


class ReviewedPlaceSerializer(serializers.ModelSerializer[ReviewedPlace]):
    """One place with what it reached and when it was last used as the review began; and the answer."""

    number = serializers.IntegerField(source="pk", help_text="By which an answer names the place.")
    name = serializers.CharField(source="member.name")
    organization = serializers.UUIDField(source="member.organization_id")

    class Meta:
        model = ReviewedPlace
        fields = [
            *("number", "member", "name", "organization", "clients", "rooms", "last_used_at", "is_unused"),
            *("answer", "answered_at", "answered_by"),
        ]
        extra_kwargs = {"answer": {"help_text": "Empty while nobody has answered."}}

    is_unused = serializers.BooleanField(help_text="Not used for 90 days when the review began.")


class ReviewShownSerializer(serializers.Serializer[Any]):
    """A review with the places that are shown to the caller."""

    id = serializers.UUIDField(source="review.pk")
    due_at = serializers.DateTimeField(source="review.due_at")
    closed_at = serializers.DateTimeField(source="review.closed_at", allow_null=True)
    places = ReviewedPlaceSerializer(many=True)


class AnswerSerializer(serializers.Serializer[Any]):
    """Whether one place is still needed."""

    number = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    answer = serializers.ChoiceField(choices=[(one.value, one.label) for one in (Answer.KEEP, Answer.SUSPEND)])


class AnswersSerializer(serializers.Serializer[Any]):
    """Answers for some of the places about which the caller is asked."""

    answers = AnswerSerializer(many=True, allow_empty=False)


class NamedReviewerSerializer(serializers.Serializer[Any]):
    """Who answers for the people of an organization, beside the admins; or null, nobody."""

    member = serializers.UUIDField(allow_null=True)


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def shown(request: MemberApiRequest, review: Review, code: int = status.HTTP_200_OK) -> Response:
    audit.looked(verb="handovers.review_opened", by=request.member, subject=review)
    places = places_shown_to(request.member, review).select_related("member", "review").order_by("pk")
    return Response(ReviewShownSerializer({"review": review, "places": places}).data, status=code)


class ReviewsView(APIView):
    @extend_schema(operation_id="reviews_list", parameters=[PAGE], responses=ReviewPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The reviews that the caller may know of, the newest first: all of them for admins and auditors."""
        page = page_of(request, queries.review_rows(reviews_visible_to(request.member)))
        return Response(ReviewPageSerializer(page).data)

    @extend_schema(operation_id="reviews_start", request=None, responses={201: ReviewShownSerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Ask about every place that is open now, until the end of the fourteenth day. One review at a time."""
        return shown(request, actions.start_review(by=request.member), status.HTTP_201_CREATED)


class ReviewView(APIView):
    @extend_schema(operation_id="reviews_retrieve", responses=ReviewShownSerializer)
    def get(self, request: MemberApiRequest, slug: str, review_id: UUID) -> Response:
        """One review with its places: all of them for admins and auditors, an organization's for its reviewer."""
        return shown(request, review_for(request.member, review_id))


class AnswersView(APIView):
    @extend_schema(operation_id="reviews_answer", request=AnswersSerializer, responses=ReviewShownSerializer)
    def put(self, request: MemberApiRequest, slug: str, review_id: UUID) -> Response:
        """Say of places whether they are still needed: `suspend` closes one at once, `keep` opens it again."""
        review = review_for(request.member, review_id)
        check_can_answer(request.member, review)
        answers = {one["number"]: one["answer"] for one in sent_in(AnswersSerializer, request)["answers"]}
        actions.answer(review=review, answers=answers, by=request.member)
        return shown(request, review)


class ReviewerView(APIView):
    @extend_schema(operation_id="reviews_name_reviewer", request=NamedReviewerSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, review_id: UUID, organization_id: UUID) -> Response:
        """Ask somebody of an organization to answer for its people, instead of whoever was asked before."""
        review = review_for(request.member, review_id)
        check_can_administer(request.member)
        organization = organization_for(request.member, organization_id)
        named = sent_in(NamedReviewerSerializer, request)["member"]
        member = None if named is None else member_for(request.member, named)
        actions.name_reviewer(review=review, organization=organization, member=member, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClosingView(APIView):
    @extend_schema(operation_id="reviews_finish", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, review_id: UUID) -> Response:
        """Close a review in which every question is answered."""
        actions.finish(review=review_for(request.member, review_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
