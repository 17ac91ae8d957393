"""Storage: checked files of arrays, and the segments of an index that are made of them."""
