"""Files in and out: sheets read, workbooks written, long work watched."""
