"""The measurements of `make bench` find what they measure."""

import tools.bench_files
from sheets.read import read_date, read_identity_number, read_name, read_text
from tools.bench_files import list_cell_readers, measure_long_cells


def test_each_reader_of_one_cell_is_measured():
    assert {read_date, read_identity_number, read_name, read_text} <= {
        *list_cell_readers()
    }


def test_endless_cells_are_measured_round_by_round(monkeypatch):
    monkeypatch.setattr(tools.bench_files, "LONG", 20)
    (figure,) = measure_long_cells()
    assert figure.key == "reading.long_cell_ms"
    assert len(figure.runs) == tools.bench_files.ROUNDS
