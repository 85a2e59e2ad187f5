"""Reading, writing and exchanging files and folders, locks, caches and processes: nothing here knows what is in them."""
