"""What RTF is read with: the specification is Microsoft's, version 1.9.1.

`tokens` cuts a file into its words, `charsets` decodes its bytes, `words` says what its words
mean, and `reader` makes lines of it.
"""
