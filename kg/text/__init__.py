"""Reading text: a normalised copy with offset map, sentences, tokens, number words, cue lists."""
