"""This project beside the tools that people would otherwise take: the same policy, the same cases, one run.

``python -m benchmarks.peers`` is the command; ``run`` goes through sizes, rounds, tools and cases, ``measure`` measures
one build, and ``report`` writes what was found beside what ``targets`` asks for. Each tool is a :class:`~benchmarks.peers.tool.Tool` in a
module of its own: it writes the policy in the tool's own form and says how the tool is called.
"""
