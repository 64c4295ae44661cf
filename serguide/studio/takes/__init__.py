"""Reading aloud in the browser: sentences, takes that are kept and judged, whole recordings."""
