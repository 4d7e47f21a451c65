"""What other programs read of a graph, one file per family."""
