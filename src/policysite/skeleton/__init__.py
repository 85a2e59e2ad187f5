"""What a new site begins with: its files in ``site/`` and sample texts by language in ``texts/``.

Files that end in ``.in`` have places such as ``@PUBLISHER@`` for what the publisher says.
"""
