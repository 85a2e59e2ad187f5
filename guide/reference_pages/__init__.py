"""The pages of the reference, written from the code: ``python -m reference_pages`` in ``guide/`` regenerates them."""
