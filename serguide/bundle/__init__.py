"""Bundle files for the client: manifest, captions, transcript, playlist, cover, player page.

- contents.py: what the sound room hands over, and the names of a bundle's files
- captions.py: captions.vtt; playlist.py: session.m3u8; cover.py: cover.png
- prose.py: what is said, as headings and paragraphs, for transcript.py and page.py
- page.py: index.html, from player_page/; joiner.py, page_data.py, page_text.py: its script, data,
  text; waveform.py: its bars; single.py: all in one file; installable.py: offline, when hosted
- words/: the interface's words, one JSON file a language
- manifest.py writes session.json; reading.py reads it back
- companions.py: writes all of these beside the audio
- writer.py, exchange.py: put a finished folder in place, whole or not at all
"""
