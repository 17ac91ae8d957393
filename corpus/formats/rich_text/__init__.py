"""What RTF is read with: the specification is Microsoft's, version 1.9.1.

`tokens` cuts a file into its words, `charsets` decodes its bytes, `words` and `groups` say what
its words mean, `definitions` keeps its fonts and styles, and `reader` makes lines of it.
"""
