"""Run the benchmark from a checkout: `python -m tests.benchmark --help`."""

from .cli import main

if __name__ == "__main__":
    main()
