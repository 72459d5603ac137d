"""Reading what offices send: from messy files to typed rows, never guessing."""
