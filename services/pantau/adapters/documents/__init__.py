"""Reports as files of office programs and for print: DOCX, PDF. The extra `reports`."""
