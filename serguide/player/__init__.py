"""Play a bundle on this machine.

ramp.py      gains that move smoothly        playable.py  what is played: parts, captions
source.py    a sound file, pulled in blocks  keys.py      the keyboard, key by key
engine.py    play, pause, seek, ground       screen.py    what a person sees meanwhile
output.py    the audio device                control.py   keys to engine to screen, until the end
sample.py    a short sound, written or heard
"""
