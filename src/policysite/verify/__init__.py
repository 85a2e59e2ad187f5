"""A published site against its ledger: what readers see must be what was recorded."""
