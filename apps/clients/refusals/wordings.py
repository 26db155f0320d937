"""What is refused about the wording of the consent form."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class WordingEmpty(Refusal):
    code = "wording_empty"
    sentence = _("A form has a title in its first line and at least one paragraph below it. Please write both.")


class WordingTooLong(Refusal):
    code = "wording_too_long"
    sentence = _(
        "With this text the form does not fit on the two sides of one sheet of A4. Please shorten it and look at the preview."
    )


class WordingLacksPassages(Refusal):
    code = "wording_lacks_passages"
    sentence = _(
        "The text has to say that one consents (同意), for which purposes (目的), and that the consent can be withdrawn "
        "(撤回 or 取消). Please add what is missing."
    )


class WordingSame(Refusal):
    code = "wording_same"
    sentence = _("This is the text that is printed already. Nothing was changed.")


class WordingMoved(Refusal):
    code = "wording_moved"
    sentence = _("Somebody has written another version meanwhile. Reload the page, then put your changes into it.")


class WordingIsTheHouses(Refusal):
    code = "wording_is_the_houses"
    sentence = _("The standard text is printed already. Nothing was changed.")
