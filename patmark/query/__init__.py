"""Asking: what a person types becomes a tree, the tree becomes words again."""
