"""The ledger: who did or saw what, append-only."""
