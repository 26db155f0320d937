"""Pages of joining, unlocking, and looking after one's own sessions, devices and factors."""
