"""Explaining a query: how it was understood, and what the scores of its hits are made of.

`understanding` tells the one, `scores` the other, `explain` both; `explanation` has the
records that say so.
"""
