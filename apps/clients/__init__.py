"""Care recipients with their care teams: who may see whom."""
