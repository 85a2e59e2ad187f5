"""Catalogs of translations: reading them strictly, and checking them before anything uses them.

Part of the core: knows neither Sphinx nor docutils.
"""
