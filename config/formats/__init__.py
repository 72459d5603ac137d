"""How days are written, where a language's own habit is not the office's."""
