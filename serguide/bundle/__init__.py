"""Bundle files for the client: manifest, captions, transcript, playlist, cover, player page.

publish.py renders a planned session into a folder and calls companions.py, which writes all that
stands beside the audio; folder.py puts the finished folder in place, whole or not at all.
inputs.py and unchanged.py know a bundle that needs no rendering.
manifest.py writes session.json, and manifest_reading.py reads it back for players. prose.py and
contact_list.py hold the text that transcript and page share; words/ holds the interface's words,
one JSON file a language.
"""
