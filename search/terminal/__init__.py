"""The command line: thin commands over the embedded API, and what they print.

`group` is the command with its commands, `commands` has one module a command, `app` what
they share and how they end, `language` what is said in which language, `cells` widths and
wrapping, `render` text for people, `records` data for programs.
"""

from __future__ import annotations


def main() -> None:
    """Run the `baogao` command."""
    import gc
    import os

    # What is imported stays: to look for garbage in it, again and again and at the end, is vain,
    # and takes a tenth of a search.
    gc.set_threshold(50_000)
    # Arrays are only looked through here; to start threads for algebra takes longer than a search.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from .app import run

    try:
        run()
    finally:
        gc.freeze()
