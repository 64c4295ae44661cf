"""Play bundles and sound files on this machine.

Sound:
ramp.py      gains that move smoothly        sequence.py  sources one after another
source.py    what sound is pulled from       filesource.py  a sound file, decoded in blocks
stretch.py   another speed, the same pitch   live.py        a session, mixed as it is heard
engine.py    play, pause, seek, ground       output.py      the audio device

A listener:
playable.py  what is played, and its parts                score.py     its sentences and breaths
opening.py   what there is to play in a bundle or a file
control.py   what a key means; the listener's place       bookmark.py  the place, kept
keys.py      the keyboard, key by key                     saying.py    state in words
lines.py     plain lines                                  terminal.py  the screen; widgets.py, .tcss
pacer.py     where in a breath one is

sample.py    a short sound, written or heard
"""
