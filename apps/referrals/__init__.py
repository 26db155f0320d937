"""The way of a client to a facility, from the consultation to the day on which the service starts."""
