"""Public reference data, the same for everybody: municipalities, offices, service kinds, holidays, postal codes."""
