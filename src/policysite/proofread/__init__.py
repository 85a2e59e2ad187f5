"""The finished site against itself, before anybody else reads it."""
