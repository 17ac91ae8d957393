"""The full-screen reader: hits on the left, the report on the right.

`material` has what is shown, `layout` the lines it makes, `scroller` shows as many of them as
there is room for; `chooser` and `reader` are the panes, `dialogs` what opens above them, and
`screen` puts all together.
"""
