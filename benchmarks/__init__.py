"""What the project costs: its own measurements, and its figures beside those of other tools."""
