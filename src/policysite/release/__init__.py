"""Putting a site where readers get it: publishing, rolling back, and serving it locally."""
