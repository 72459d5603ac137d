"""Keeps what was typed into a form that was not saved, without any script.

Two kinds of forms are kept: one that arrives after its session has ended, and one at
which the system itself failed. They stand in the session, encrypted, for an hour, the
newest few; each is offered on the page of its form, to the account that typed it, and
forgotten once it is recorded or discarded. Its page is then opened with what was typed,
and judged as if it had been sent.

The middleware that ends a session notes in the anonymous one whose it was. A form that
arrives then is kept there and offered after signing in. Browsers that run scripts keep
it themselves (`drafts.js`), and say so when signing in.

A session can also vanish: its cookie runs out or is deleted, its row is cleared. Whose
it was is then known from a signed cookie that the sign-in leaves and the sign-out takes
away. Signing in gives a browser a new secret against forged forms, so a form that
passes that check was opened by the account that signed in last. A browser that lost
that secret too, with all its cookies, sends a form of which nobody can tell who typed
it: it is refused (`403_csrf.html`) and not kept.
"""
