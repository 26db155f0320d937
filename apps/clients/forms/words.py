"""What forms of this app say alike."""

from django.utils.translation import gettext_lazy as _

FROM_THE_LIST = {
    "invalid_choice": _("Please choose from the list."),
    "invalid_pk_value": _("Please choose from the list."),
}
