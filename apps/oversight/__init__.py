"""The ledger as an auditor is shown it, together with the means to check it."""
