"""What an open index can be asked, a module for each concern; `search.index` puts them together.

Each method takes the snapshot once, at its beginning: so an answer is of one generation, whatever
is committed and seen meanwhile.
"""
