"""The operator's page about the stored pages of a node: their figures, a graph of the requests, and clearing them."""
