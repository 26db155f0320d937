"""Official records: what was said about a client, as the form of a support record asks for it."""
