"""Building the whole site: every language side by side, proofread, then put in place at once."""
