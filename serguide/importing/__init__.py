"""Import of documents: text, Markdown, Word, OpenDocument, RTF, SSML and phrase files -> scripts.

readers/      bytes -> a document: paragraphs of words, silences and remarks
notation/     what stands in the words for a silence, a breath or a note
drafting/     a document -> cues -> YAML, its kind and language proposed
importer.py   files -> scripts in a library, whole or not at all, with a report
"""
