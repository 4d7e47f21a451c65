"""Readers, one file per format: bytes → Source with labelled segments and exact offsets."""
