"""What the features of the extension share: configuration, what was found in the documents, texts, placeholders, templates."""
