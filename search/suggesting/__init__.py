"""What an index proposes: other spellings, an account of a query that failed, completions.

Every proposal is made of words that stand in the index, and has been tried before it is given.
"""
