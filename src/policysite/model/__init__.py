"""What a site consists of, as plain data: settings, front matter, register, provision ids, addresses, renumbering."""
