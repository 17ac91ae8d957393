"""What the formats of word processors are read with: Word's (docx) and OpenDocument's (odt).

`walking` tells of XML by short names, `stories` gathers lines, rows, text boxes and notes,
`looks` lets styles inherit, `lists` counts and `counting` writes the numbers of lists;
`word_…` and `open_…` know the two formats, and `web_archives` what Word may embed.
"""
