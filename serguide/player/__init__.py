"""Play bundles and sound files on this machine.

audio/ gives the sound (sources, speed, engine, device), model/ what is played (parts, captions,
breaths, bookmark), ui/ the faces (terminal, plain lines); control.py joins them.
"""
