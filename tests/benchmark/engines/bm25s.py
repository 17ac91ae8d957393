"""bm25s over words that jieba cut: ranking only, so no totals and no conditions but a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bm25s
import numpy as np

from ._jieba import tokens, words
from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

_YEARS = "years.npy"


class Adapter(Engine):
    """Its own index with the corpus beside it, both memory-mapped; it knows no AND."""

    nearly = ("all_of",)

    def build(self, material: Material, directory: Path) -> None:
        corpus, cut, years = [], [], []
        for paragraph in material.paragraphs():
            date = paragraph.date and paragraph.date.isoformat()
            corpus.append(paragraph._asdict() | {"date": date})
            cut.append(tokens(paragraph.text))
            years.append(paragraph.year or 0)
        model = bm25s.BM25()
        model.index(cut, show_progress=False)
        model.save(directory, corpus=corpus, show_progress=False)
        np.save(directory / _YEARS, np.array(years, dtype=np.int16))

    def open(self, directory: Path) -> None:
        self._model = bm25s.BM25.load(directory, load_corpus=True, mmap=True, show_progress=False)
        self._years = np.load(directory / _YEARS)

    def one(self, word: str) -> Found:
        return self._found(words(word))

    def all_of(self, *typed: str) -> Found:
        return self._found(words(*typed))

    def any_of(self, *typed: str) -> Found:
        return self._found(words(*typed))

    def in_years(self, word: str, first: int, last: int) -> Found:
        inside = (self._years >= first) & (self._years <= last)
        return self._found(words(word), weight_mask=inside.astype(np.float32))

    def _found(self, typed: list[str], **how: Any) -> Found:
        documents, scores = self._model.retrieve([typed], k=TOP, show_progress=False, **how)
        best = zip(documents[0], scores[0], strict=True)
        return Found(None, [(found["id"], found["text"]) for found, score in best if score > 0])
