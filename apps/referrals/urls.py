"""Addresses of this app, below an environment."""

from django.urls import path

from apps.referrals.views import days, referrals

app_name = "referrals"
REFERRAL = "referrals/<uuid:referral_id>/"
urlpatterns = [
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/days/", days.days, name="days"),
    path("referrals/days/table/", days.days_table, name="days_table"),
    path("referrals/days/paper/", days.days_paper, name="days_paper"),
    path("clients/<uuid:client_id>/referrals/", referrals.of_client, name="of_client"),
    path(REFERRAL, referrals.referral, name="referral"),
    path(f"{REFERRAL}steps/", referrals.steps, name="steps"),
    path(f"{REFERRAL}steps/<int:step_number>/correction/", referrals.correction, name="correction"),
]
