"""Pages for readers: each one query, answered in process and rendered as HTML."""
