"""Web folders: a bundle, plain or sealed, ready to be uploaded (docs/publishing.md).

web_folder.py assembles the folder, host_files.py writes what hosts and robots read, and
address.py makes the address that nobody guesses and its QR code.
"""
