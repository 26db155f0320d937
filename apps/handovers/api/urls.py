"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.handovers.api.reviews import AnswersView, ClosingView, ReviewerView, ReviewsView, ReviewView
from apps.handovers.api.views import DepartureView, MoveView

app_name = "handovers_api"
urlpatterns = [
    path("members/<uuid:member_id>/departure/", DepartureView.as_view(), name="departure"),
    path("reviews/", ReviewsView.as_view(), name="reviews"),
    path("reviews/<uuid:review_id>/", ReviewView.as_view(), name="review"),
    path("reviews/<uuid:review_id>/answers/", AnswersView.as_view(), name="answers"),
    path("reviews/<uuid:review_id>/reviewers/<uuid:organization_id>/", ReviewerView.as_view(), name="reviewer"),
    path("reviews/<uuid:review_id>/closing/", ClosingView.as_view(), name="closing"),
    path("members/<uuid:member_id>/move/", MoveView.as_view(), name="move"),
]
