"""What a file is that somebody sends: found in its bytes, never believed of its name or of what a browser states.

Nothing here knows a database, a request or a person: the looking is done by a process of its own (`apart`).
"""
