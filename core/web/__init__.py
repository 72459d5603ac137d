"""View shapes, forms, idempotency, edit conflicts and page components."""
