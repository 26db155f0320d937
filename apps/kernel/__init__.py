"""Words of no field: happenings, refusals, base templates, tokens."""
