"""A folder of data in which natural voices are installed that nobody lets speak."""

from __future__ import annotations

from pathlib import Path

from serguide.voices.weights.weights_manifest import KeptFile, WeightsManifest, write_manifest


def install_kokoro(data: Path, *styles: str) -> Path:
    """Install styles of Kokoro, of a few bytes each, into a folder of data; return their folder."""
    folder = data / "voices" / "kokoro"
    folder.mkdir(parents=True)
    files = []
    for name, role in (("model.onnx", "model"), *((f"{style}.bin", "style") for style in styles)):
        (folder / name).write_bytes(b"only its size is looked at")
        files.append(KeptFile(name, role, (folder / name).stat().st_size, "0" * 64))
    write_manifest(folder, WeightsManifest("kokoro", "Apache-2.0", "made by a test", tuple(files)))
    return folder
