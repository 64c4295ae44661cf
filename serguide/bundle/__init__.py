"""The folder that a client gets: manifest, captions, chapters, transcript, page, cover.

contents.py    what the sound room hands over, and the names of a bundle's files
captions.py    captions.vtt      prose.py        what is said, as headings and paragraphs
transcript.py  transcript.txt    words.py        the interface's words, a JSON file a language
playlist.py    session.m3u8      cover.py        cover.png
manifest.py    session.json      page.py         index.html
companions.py  writes all of these beside the audio
writer.py      puts a finished folder in place, whole or not at all
"""
