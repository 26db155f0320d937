"""Allauth's passkey views where this house asks for more: the last factor stays, a failure stays on its page."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.generic import FormView

from apps.accounts.refusals import LastFactor


class AddPasskeyView(AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The options are asked for when the button is pressed: showing the page starts nothing.
        return FormView.get_context_data(self, **kwargs)


class ConfirmPasskeyView(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}


class RemovePasskeyView(RemoveWebAuthnView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not get_adapter().can_delete_authenticator(self.get_object()):
            raise LastFactor(subject=request.user)
        return super().dispatch(request, *args, **kwargs)


add_passkey = AddPasskeyView.as_view()
confirm_passkey = ConfirmPasskeyView.as_view()
remove_passkey = RemovePasskeyView.as_view()
