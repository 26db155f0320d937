"""Visits to facilities: the times at which families are received, with the places that are held or booked in them."""
