"""Reading a published policy as its readers saw it, so that it becomes the Markdown of a version.

``import_source`` reads files: ``html_source`` pages, with what their style makes of them (``css_…``, ``html_…``), ``docx_source``
Word files, with what Word draws (``docx_…``), ``markdown_source`` and ``plain_text`` the rest; ``pandoc_ast`` reads what pandoc made
of one. All of them give pieces (``pieces``). ``printed_marks`` alone says whether words begin like a provision; ``structure``
recognises title, articles and provisions by that, and ``writing`` makes Markdown of those. Words, numbers, order and punctuation stay
as they are, which ``fidelity`` proves both ways; whatever had to be decided is a note.
"""
