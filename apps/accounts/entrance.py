"""The addresses of django-allauth that exist in this house, under its own names.

Registration, e-mail addresses and reset by e-mail have none: there is nothing to knock at.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from apps.accounts.guards import all_factors_required, failed_forms_are_422
from apps.accounts.views import factors, sessions

kind = failed_forms_are_422
forgotten = login_not_required(TemplateView.as_view(template_name="account/password_reset.html"))

urlpatterns = [
    path("login/", kind(account.login), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", kind(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", kind(all_factors_required(account.password_change)), name="account_change_password"),
    path("password/reset/", forgotten, name="account_reset_password"),
    path("password/set/", forgotten, name="account_set_password"),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", kind(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", kind(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", kind(all_factors_required(totp.activate_totp)), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", kind(all_factors_required(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        all_factors_required(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        kind(all_factors_required(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        all_factors_required(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", kind(all_factors_required(factors.add_passkey)), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", kind(factors.confirm_passkey), name="mfa_reauthenticate_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        kind(all_factors_required(factors.remove_passkey)),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        kind(all_factors_required(webauthn.edit_webauthn)),
        name="mfa_edit_webauthn",
    ),
]
