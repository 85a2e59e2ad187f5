"""The outline of a policy version: its provisions with their ids, marks, lines and words.

``blocks`` is a document as a tree that neither Markdown nor docutils owns; ``numbering`` has the rules by which its
blocks become provisions; ``reading`` makes the tree of a Markdown file, and ``outline`` lists what came of it. The Sphinx
extension makes the same tree of a doctree and writes the result back, so that the rules stand once.
"""
