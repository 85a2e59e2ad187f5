"""What a new site begins with: its files in ``site/``, sample texts by language in ``texts/``, words of the pages in ``words/``.

Files that end in ``.in`` have places such as ``@PUBLISHER@`` for what the publisher says.
"""
