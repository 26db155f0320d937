"""How lists of clients are refused."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import NotAllowed, Refusal


class ImportIsForDivisions(NotAllowed):
    code = "import_is_for_divisions"
    sentence = _(
        "Only a division of the city imports a list: it is in charge by law. An office registers its clients one by one, "
        "each with the signed consent."
    )


class NothingToImport(Refusal):
    code = "nothing_to_import"
    sentence = _("Everybody in this list is registered already. Nothing was imported.")


class ImportedAlready(Refusal):
    code = "imported_already"
    sentence = _("This list has been imported already. To import it anew, take the former import back first.")


class TakenBackAlready(Refusal):
    code = "taken_back_already"
    sentence = _("This import has already been taken back. Reload the page to see what is there now.")


class BuiltUpon(Refusal):
    code = "built_upon"
    sentence = _(
        "Something has been added to clients of this list since, so it is not taken back. Nothing was changed. "
        "The page of the import names them."
    )
