"""From text to mentions, statements, claims and frames; from a record also its trial."""
