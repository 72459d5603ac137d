"""What makes a password too easy to guess.

`validators.py` has the rules that `AUTH_PASSWORD_VALIDATORS` names, the other modules
what they are made of. Every way to set a password ends in `accounts.actions`, which
asks these rules once more: no page, command or admin can leave them out.
"""
