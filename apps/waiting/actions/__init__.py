"""The verbs; the only modules that write."""

from apps.waiting.actions.listing import Wish, leave, put_on_list, wait_again
from apps.waiting.actions.offering import decline_offer, offer_freed, settle_when_booked

__all__ = ["Wish", "decline_offer", "leave", "offer_freed", "put_on_list", "settle_when_booked", "wait_again"]
