"""Proofreading the finished site before it is published."""
