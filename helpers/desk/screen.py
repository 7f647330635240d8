"""Put words on the screen, in one place."""

from IPython.display import HTML, Markdown, display


def show(text: str) -> None:
    """Show Markdown below the cell."""
    display(Markdown(text))


def show_html(text: str) -> None:
    """Show HTML below the cell; what comes from the data or the reader is escaped by the caller."""
    display(HTML(text))
