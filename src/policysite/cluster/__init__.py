"""The same build on the workers of a Dask cluster; nothing else imports this room."""
