"""What programs get: texts as data, feeds, structured data. One feature a module."""
