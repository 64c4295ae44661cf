"""Text becomes a Clip of speech; one file a voice, one dict that lists them."""
