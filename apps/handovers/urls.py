"""Addresses of this app, below an environment."""

from django.urls import path

from apps.handovers.views import places, reviews

app_name = "handovers"
urlpatterns = [
    path("members/<uuid:member_id>/end/", places.leave, name="leave"),
    path("members/<uuid:member_id>/move/", places.move, name="move"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("reviews/<uuid:review_id>/end/", reviews.finish, name="finish_review"),
    path("reviews/<uuid:review_id>/reviewers/<uuid:organization_id>/", reviews.reviewer, name="reviewer"),
]
