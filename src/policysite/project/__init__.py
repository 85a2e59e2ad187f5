"""A project on disk as a whole: its settings, register, ledgers and catalogs, and what its pages are made of and with."""
