"""What authors and publishers have done to the sources: new versions, languages, catalogs, records of what was published."""
