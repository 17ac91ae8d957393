"""What Word documents from before 2007 are read with: [MS-DOC].

`pieces` puts the text together, `sprms` and `formatting` say how it is set, `styles` and
`numbering` what that means, `boxes` where text boxes hang, and `body` makes lines of it all.
"""
