"""Build an environment from the command line: the same as the page, for scripts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.directory.models import Municipality, Office, System
from apps.directory.queries import municipality_by_code, office_by_number
from apps.environments import actions
from apps.environments.forms import EnvironmentForm
from apps.kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Builds a separate environment for a municipality, with its first admin, and prints the admin's slip code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="CODE", help="six digits, such as 032069")
        parser.add_argument("--slug", required=True, help="the environment's address: /e/<slug>/")
        parser.add_argument("--name", required=True)
        parser.add_argument("--admin-login", required=True, metavar="LOGIN_ID")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-kana", required=True)
        parser.add_argument("--division", default="", help="the city division of the first admin")
        parser.add_argument("--office", nargs="*", default=[], metavar="NUMBER", help="offices that take part")
        parser.add_argument(
            "--operator", default="", metavar="LOGIN_ID", help="who builds it; the only operator if left out"
        )

    def handle(self, **options: Any) -> None:
        municipality = municipality_by_code(options["municipality"])
        if municipality is None:
            raise CommandError(
                _("The directory knows no municipality with this code. Import the municipalities first.")
            )
        form = EnvironmentForm(asked(options, municipality))
        if not form.is_valid():
            raise CommandError("\n".join(f"{name}: {' '.join(map(str, said))}" for name, said in form.errors.items()))
        try:
            issued = actions.build_environment(
                slug=form.cleaned_data["slug"],
                name=form.cleaned_data["name"],
                municipality=municipality,
                admin=actions.FirstAdmin(**{key: form.cleaned_data[field] for key, field in ADMIN.items()}),
                offices=[office_numbered(number) for number in options["office"]],
                by=operator(options["operator"]),
            )
        except Refusal as refusal:
            raise CommandError(refusal.said) from refusal
        self.stdout.write(f"/e/{issued.member.environment.slug}/")
        self.stdout.write(
            f"{issued.member.user.login_id} {issued.slip.code} ({issued.slip.expires_at:%Y-%m-%d %H:%M %Z})"
        )


ADMIN = {"division": "division", "name": "admin_name", "kana": "admin_kana", "login_id": "admin_login_id"}


def asked(options: dict[str, Any], municipality: Municipality) -> dict[str, str]:
    return {
        "municipality": municipality.pk,
        "name": options["name"],
        "slug": options["slug"],
        "division": options["division"] or municipality.name,
        "admin_name": options["admin_name"],
        "admin_kana": options["admin_kana"],
        "admin_login_id": options["admin_login"],
    }


def office_numbered(number: str) -> Office:
    """An office by its number in either system, long-term care first."""
    for system in System.values:
        if office := office_by_number(number, system):
            return office
    raise CommandError(_("The directory knows no office with the number %(number)s.") % {"number": number})


def operator(login_id: str) -> User:
    operators = User.objects.filter(is_operator=True, is_active=True)
    found = list(operators.filter(login_id=login_id) if login_id else operators[:2])
    if len(found) != 1:
        raise CommandError(_("Name the operator with --operator; make one with make_operator."))
    return found[0]
