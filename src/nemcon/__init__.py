"""Nemcon keeps the sourced record of how a body of members comes to a decision.

It answers for any date: is it agreed? Nothing is imported here, so that `import nemcon` costs
nothing; import the modules by name.
"""

__version__ = "0.1.0"
