"""Computing, explaining, printing and publishing monthly returns."""
