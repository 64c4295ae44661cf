"""The folder that a client gets: manifest, captions, chapters, transcript, page, cover.

- model.py: what the renderer hands over, and the names of a bundle's files
- captions.py: captions.vtt; playlist.py: session.m3u8; cover.py: cover.png
- prose.py: what is said, as headings and paragraphs, for transcript.py and the page
- page/: index.html from templates/ and static/; its data, its text; all in one file; offline
- words/: the interface's words, one JSON file a language
- manifest.py writes session.json; manifest_reading.py reads it back
- companions.py: writes all of these beside the audio
- folder.py: puts a finished folder in place, whole or not at all
"""
