"""SQL compilers that note which rows an action writes, one module a database.

Django asks `DatabaseOperations.compiler_module` for the compilers of a database; `core`
names these modules there. The database itself returns the keys of the rows that a
statement wrote, so that nothing is noted twice or guessed.
"""
