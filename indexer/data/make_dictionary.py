"""Make dictionary-….bin: the segmenter's dictionary without a user's words, ready to use.

    python -m indexer.data.make_dictionary

To be run again when policy.txt, the tables of folding or the version of jieba change: until
then every new index makes the dictionary for itself, which takes it over a second.
"""

from indexer.dictionary import bundled_path, make_frequencies, snapshot_bytes

for outdated in bundled_path().parent.glob("dictionary-*.bin"):
    outdated.unlink()
bundled_path().write_bytes(snapshot_bytes(make_frequencies()))
