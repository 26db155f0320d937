"""What a browser may send."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.environments.forms import CHOOSE, OrganizationField
from apps.environments.models import Member, Organization, Profession, Role
from apps.handovers.access import colleagues_of
from apps.handovers.models import Answer, ReviewedPlace

NOBODY = "nobody"


class SuccessorField(forms.ChoiceField):
    """A present colleague, or nobody on purpose: nothing is chosen by not looking."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "label": _("Who takes over the open work?"),
                "widget": forms.RadioSelect,
                "error_messages": {
                    "required": _("Please choose who takes over, or nobody."),
                    "invalid_choice": _("This person is no colleague any more. Please choose again."),
                },
                **options,
            }
        )


class LeaveForm(forms.Form):
    """Who takes over from somebody. Without a colleague there is nothing to choose."""

    successor = SuccessorField()

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:
        super().__init__(*args, **more)
        self.colleagues = {str(one.pk): one for one in colleagues_of(member).order_by("kana", "name")}
        if self.colleagues:
            named = [(key, f"{one.name} · {one.get_profession_display()}") for key, one in self.colleagues.items()]
            self.fields["successor"].choices = [*named, (NOBODY, _("Nobody"))]  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]

    @property
    def chosen(self) -> Member | None:
        """The colleague who was chosen, also while the rest of the form is unfinished."""
        return self.colleagues.get(str(self.data.get("successor", "")))


class MoveForm(LeaveForm):
    """Where somebody goes, as what, and who takes over where they were."""

    organization = OrganizationField(label=_("New organization"))
    profession = forms.ChoiceField(choices=[("", CHOOSE), *Profession.choices], label=_("Profession"))
    role = forms.ChoiceField(choices=Role, label=_("Role"), widget=forms.RadioSelect)

    field_order = ["organization", "profession", "role", "successor"]

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:
        super().__init__(*args, member=member, **more)
        field: Any = self.fields["organization"]
        field.queryset = field.queryset.exclude(pk=member.organization_id)


class AnswersForm:
    """The answers of a page, place by place, as radio buttons send them; or one press that keeps a whole organization.

    What is no answer is left out: there is nothing a person types here.
    """

    def __init__(self, sent: QueryDict, *, places: QuerySet[ReviewedPlace], member: Member) -> None:
        kept = sent.get("keep_all", "")
        self.answers: dict[int, str] = {}
        for place in places.select_related("member"):
            said = sent.get(f"answer-{place.pk}", "")
            if kept == str(place.member.organization_id) and not place.answer and place.member_id != member.pk:
                said = said or Answer.KEEP
            if said in {Answer.KEEP, Answer.SUSPEND}:
                self.answers[place.pk] = said


class ReviewerForm(forms.Form):
    """Somebody of one organization, or nobody: then the admins answer."""

    member: Any = forms.ModelChoiceField(None, required=False)

    def __init__(self, *args: Any, organization: Organization, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["member"]
        # Asked here: the scope is the request's.
        field.queryset = Member.objects.current().filter(organization=organization)
