"""Long rows are taken in lists."""

from core.chunks import chunked


def test_chunks_are_read_one_after_the_other():
    read = []

    chunks = chunked((read.append(n) or n for n in range(5)), 2)

    assert (next(chunks), read) == ([0, 1], [0, 1])
    assert [*chunks] == [[2, 3], [4]]
