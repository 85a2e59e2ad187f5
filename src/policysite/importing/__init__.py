"""Reading a published policy, so that it becomes the Markdown of a version.

``decoding``, ``html_source``, ``docx_source`` and ``plain_text`` read files, ``pandoc_ast`` what pandoc made of one;
all of them give pieces (``pieces``). ``structure`` recognises title, articles and provisions in them, and ``writing`` makes Markdown of
those. Words, numbers, order and punctuation stay as they are, which ``fidelity`` proves; whatever had to be decided is a note.
"""
