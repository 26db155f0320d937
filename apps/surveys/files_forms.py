"""Files as an answer: those that are given already, ticked, and new ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.files.kinds import OFFERED
from apps.files.models import StoredFile
from apps.files.refusals import FileNotSent
from apps.kernel.refusals import Refusal
from apps.surveys.values import MOST_FILES

TakeFile = Callable[[UploadedFile], StoredFile]


class NewFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class NewFilesField(forms.Field):
    """As they came; what each of them is, is looked at where it is taken in."""

    widget = NewFilesInput(attrs={"multiple": True, "accept": OFFERED})

    def clean(self, value: Any) -> list[UploadedFile]:
        return list(value or [])


class FilesForm(forms.Form):
    """`names` are those of all files that may be named here, by id. What came with a form that is shown again is taken in
    already and stands among the ticked, so that nobody chooses it a second time."""

    kept = forms.MultipleChoiceField(
        label=_("Untick what is not to be sent."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": FileNotSent.sentence},
    )
    new = NewFilesField(label=_("Choose files or take a photo"), required=False)

    def __init__(
        self, data: Any, files: Any, *, prefix: str, value: Sequence[str] | None, names: Mapping[str, str]
    ) -> None:
        super().__init__(data, None if data is None else files, prefix=prefix, initial={"kept": list(value or [])})
        self.label_suffix = ""
        self.names = dict(names)
        self.came: list[str] = []
        self.show([*(value or []), *(data.getlist(self.add_prefix("kept")) if hasattr(data, "getlist") else [])])

    def show(self, ids: Sequence[str]) -> None:
        """Let these stand among those that can be ticked."""
        field: Any = self.fields["kept"]
        field.choices = [(one, self.names[one]) for one in dict.fromkeys(ids) if one in self.names]

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if len(sent.get("kept", [])) + len(sent.get("new", [])) > MOST_FILES:
            raise ValidationError(
                _("At most %(most)s files go with one question. Please choose fewer."), params={"most": MOST_FILES}
            )
        return sent

    def take_in(self, take: TakeFile) -> None:
        """Take in what came; what cannot be taken says why beside the question."""
        for one in self.cleaned_data.get("new", []):
            try:
                file = take(one)
            except Refusal as refusal:
                self.add_error(None, refusal.said)
            else:
                self.came.append(str(file.pk))
                self.names[str(file.pk)] = file.name
        sent: Any = self.data
        data = sent.copy()
        data.setlist(self.add_prefix("kept"), self.told())
        self.data = data
        kept: Any = self.fields["kept"]
        self.show([*[key for key, _name in kept.choices], *self.came])

    def told(self) -> list[str]:
        return [*self.cleaned_data.get("kept", []), *self.came]
