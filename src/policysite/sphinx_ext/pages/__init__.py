"""What readers see. One feature a module."""
