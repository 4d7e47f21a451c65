"""Aligns claimed with reported frames, checks slots, derives faults and verdicts by a table."""
