"""The reports that come with the program, to try it with."""

from pathlib import Path

SAMPLES = Path(__file__).with_name("samples")
"""Reports of a fictional city and its districts, 2015 to 2024."""
