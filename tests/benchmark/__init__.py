"""How fast and how large baogao is beside other engines: `python -m tests.benchmark`."""
