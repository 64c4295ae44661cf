"""Notices beside the sound: cautions, and numbers to call, by locale."""
