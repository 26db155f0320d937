"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.referrals.api import views

app_name = "referrals_api"
REFERRAL = "referrals/<uuid:referral_id>/"
urlpatterns = [
    path("referrals/", views.ReferralsView.as_view(), name="referrals"),
    path("referrals/days/", views.DaysToStartView.as_view(), name="days"),
    path("clients/<uuid:client_id>/referrals/", views.ClientReferralsView.as_view(), name="of_client"),
    path(REFERRAL, views.ReferralView.as_view(), name="referral"),
    path(f"{REFERRAL}steps/", views.ReferralStepsView.as_view(), name="steps"),
    path(f"{REFERRAL}steps/<int:step_number>/correction/", views.StepCorrectionView.as_view(), name="correction"),
]
