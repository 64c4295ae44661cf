"""Sealed pages: a bundle in one HTML file that opens with a passphrase (docs/sealed.md).

passphrase.py makes, reads and weighs passphrases; envelope.py encrypts and decrypts bytes;
packing.py packs a bundle's files and unpacks them with suspicion; sealing.py joins these. The
page around the envelope is bundle/page/lock_page.py.
"""
