"""Publish a legal policy in several languages and versions.

Three layers, proved by ``tests/test_layers.py``:

* core (the modules of this package): plain data and rules, without Sphinx or docutils;
* ``sphinx_ext``: the Sphinx extension, one feature a module;
* ``driver``: builds, proofreads and replaces the whole site; ``commands`` is its command line.
"""

__version__ = "1.0.0"
