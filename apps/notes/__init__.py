"""Notes of a talk room: minutes, schedules or handovers that talk does not bury."""
