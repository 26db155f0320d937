"""Addresses of joining, unlocking and looking after one's own access. Sign-in itself is in `entrance`."""

from django.urls import path

from apps.accounts.views import devices, join, locked, passkeys, sessions

app_name = "accounts"
urlpatterns = [
    path("join/", join.join, name="join"),
    path("join/passphrase/", join.join_passphrase, name="join_passphrase"),
    path("join/second-factor/", join.second_factor, name="second_factor"),
    path("locked/", locked.locked, name="locked"),
    path("me/presence/", locked.presence, name="presence"),
    path("me/sessions/<int:session_id>/end/", sessions.end_session, name="end_session"),
    path("me/sessions/end-others/", sessions.end_other_sessions, name="end_other_sessions"),
    path("me/devices/", devices.devices, name="devices"),
    path("me/devices/<uuid:device_id>/end/", devices.revoke_device, name="revoke_device"),
    path("passkeys/registration-options/", passkeys.registration_options, name="registration_options"),
    path("passkeys/sign-in-options/", passkeys.sign_in_options, name="sign_in_options"),
    path("passkeys/unlock-options/", passkeys.unlock_options, name="unlock_options"),
]
