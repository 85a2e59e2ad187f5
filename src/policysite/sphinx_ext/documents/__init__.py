"""What happens while documents are read and translated. One feature a module."""
