"""Putting a site where readers get it: publishing, going back, and serving it for a look."""
