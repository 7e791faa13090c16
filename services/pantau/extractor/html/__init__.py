"""Pages as readings: their text, their facts, and the page that follows."""
