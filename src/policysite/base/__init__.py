"""Ground floor: problems and their codes, waivers, and what the smallest things have in common. Imports nothing of ours."""
