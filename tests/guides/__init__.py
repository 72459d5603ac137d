"""The guides for operators, executed as they are printed."""
