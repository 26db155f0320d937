"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class GridUnreadable(Refusal):
    code = "grid_unreadable"
    sentence = _("The free places could not be read. Please mark them in the table again.")


class AvailabilityUnreadable(Refusal):
    code = "availability_unreadable"
    sentence = _("What was said beside the free places could not be read. Please fill in the form again.")


class RemarksTooLong(Refusal):
    code = "remarks_too_long"
    sentence = _("This is longer than %(limit)s characters. Please shorten it, and tell the rest when they call.")


class DistrictUnknown(Refusal):
    code = "district_unknown"
    sentence = _("One of the school districts is not in the list any more. Please choose again.")


class DistrictKnown(Refusal):
    code = "district_known"
    sentence = _("A school district with this name is in the list already. Please choose another name.")


class FacilityKnown(Refusal):
    code = "facility_known"
    sentence = _("This facility is in the list already. Please open it there instead.")


class FacilityClosed(Refusal):
    code = "facility_closed"
    sentence = _("This facility is closed and takes nobody. If that is a mistake, take its closing day away first.")


class NothingToConfirm(Refusal):
    code = "nothing_to_confirm"
    sentence = _("There is no answer yet that could be confirmed. Please state the free places first.")


class NothingStated(Refusal):
    code = "nothing_stated"
    sentence = _("Nothing is marked yet. Please say for at least one time whether there are places.")
