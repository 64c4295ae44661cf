"""Languages without an acoustic model: a take is compared with espeak's reading."""
