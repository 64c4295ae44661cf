"""Pictures as SVG in the product's palette, and PNGs of them: timelines, covers."""
