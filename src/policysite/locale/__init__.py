"""The engine's own words, one catalog a language, and what answers for them.

The words stand in the templates, in English; ``policysite.pot`` lists them, and ``<language>/LC_MESSAGES/policysite.po`` has
them in another language. ``interface_words`` says what they are in a language, ``interface_template`` lists them anew.
"""
