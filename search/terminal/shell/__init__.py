"""The shell: a dialogue with an index, line by line.

`session` has what a line does to the state of a dialogue, and what is answered; `showing` the
answers' lines; `prompt` asks for lines at a terminal.
"""
