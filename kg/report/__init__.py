"""What a person or a script reads of an audit."""
