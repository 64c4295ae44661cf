"""Handout files for the client: one page to print, made of a bundle's manifest.

sheet.py gathers what the page says; transcript_pages.py what is spoken, for pages behind it;
handout_html.py writes the HTML, pdf.py prints it where a browser or WeasyPrint is there, and
own_file.py puts it in place without touching what serguide did not write.
"""
