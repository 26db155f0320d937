"""Talk rooms: numbered messages, seen live by those who may read them now."""
