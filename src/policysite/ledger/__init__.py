"""The ledger: what was published, entry by entry, in a chain that shows when one was altered.

Each entry names the digest of the one before it, so no entry can be changed, removed or moved without changing all that
follow. What still could be done, replacing the whole file or cutting off its end, shows when it is checked against an
older copy (:meth:`policysite.ledger.chain.Ledger.check_extends`), such as the one in the last release.

``schemas/ledger.schema.json`` describes the file.
"""
