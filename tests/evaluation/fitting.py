"""Fitting the parameters of ranking, one after the other, on the questions for fitting.

Coordinate ascent (as in Metzler and Croft 2007, "Linear feature-based models for
information retrieval"): each parameter in turn takes the value of its list with which the
mean of MRR@10 and R@10 over all sets is highest, until a round changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.places import Place
from search.ranking import DEFAULT, Parameters

from .sets import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .engines import Ours
    from .sets import Questions

GRID: dict[str, tuple[Any, ...]] = {
    "saturation": (0.9, 1.2, 1.5),
    "text_norm": (0.3, 0.4, 0.5, 0.6),
    "string_share": (0.25, 0.5, 0.75),
    "number_weight": (1.0, 2.0, 3.0, 4.0),
    "share": (0.1, 0.2, 0.3),
    "short_share": (0.4, 0.45, 0.5, 0.6),
    "stretch": (40, 80, 120),
    "nearness": (0.6, 0.8, 1.0, 1.2),
}
"""The values that are tried of each parameter."""

_MOST = 120
"""Questions asked of each set: the large ones would decide alone how long it takes."""


def fit(sets: Sequence[Questions], ours: dict[str, Ours]) -> Iterator[str]:
    """Fit; tells of every step."""
    best, best_worth = DEFAULT, _worth(DEFAULT, sets, ours)
    yield f"as it is: {best_worth:.4f}"
    changed = True
    while changed:
        changed = False
        for name, values in GRID.items():
            for value in values:
                tried = _with(best, name, value)
                if tried == best:
                    continue
                worth = _worth(tried, sets, ours)
                yield f"{name} {value}: {worth:.4f}"
                if worth > best_worth:
                    best, best_worth, changed = tried, worth, True
    yield f"best: {best_worth:.4f} {best}"


def _with(parameters: Parameters, name: str, value: Any) -> Parameters:
    if name == "text_norm":
        return parameters._replace(length_norm={**parameters.length_norm, Place.TEXT: value})
    return parameters._replace(**{name: value})


def _worth(parameters: Parameters, sets: Sequence[Questions], ours: dict[str, Ours]) -> float:
    total = 0.0
    for one in sets:
        step = max(1, len(one.for_fitting) // _MOST)
        ask = ours[one.name].with_parameters(parameters)
        found = measure(ask, one.for_fitting[::step])
        total += (found.rank + found.recall) / 2
    return total / len(sets)
