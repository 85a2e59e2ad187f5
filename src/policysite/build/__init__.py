"""Building the site: languages side by side, put together, proofread and put in place at once."""
