"""How the graph is filled: sources are opened, read, checked, joined, published."""
