"""Pictures, drawn as SVG in the product's palette: timelines, and PNGs of them and of covers."""
