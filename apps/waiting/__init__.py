"""Waiting for a place: people wait, not facilities; what becomes free is offered to whoever waits longest among those it fits."""
