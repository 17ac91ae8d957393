"""What Word documents from before 2007 are read with: [MS-DOC].

`document` takes the streams apart, `fib` says what lies where in them. `pieces` puts the text
together; `sprms`, `formatting`, `styles` and `setting` say how it is set, `numbering` counts its
lists, and `boxes` knows what stands beside it. `body` makes lines of it all.
"""
