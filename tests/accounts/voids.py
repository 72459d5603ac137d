"""What voids a row, for tables of cases."""


def void_one_of(make, void):
    """Return a function that makes a row and voids it."""

    def run(east, branch, by):
        row = make(east, branch)
        void(row, by=by, reason="录错了")
        return row

    return run
