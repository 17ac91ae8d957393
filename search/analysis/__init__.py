"""What a set of paragraphs says as a whole: how often and when, next to what, other than what.

Each module is imported by the method of `Index` that gives what it makes.
"""
