"""Sphinx's settings for the web pages; `site` writes what Sphinx reads and adds the folders of styles and scripts."""

project = "The Sino-Soviet Split, Claim by Claim"
html_title = project
author = f"the authors of {project}"
copyright = "text and tables under CC BY 4.0"
language = "en"
extensions = ["myst_nb"]
html_theme = "sphinx_book_theme"
html_css_files = ["site.css", "answers.css"]
html_js_files = ["glossary.js", ("site.js", {"defer": "defer"})]
nb_execution_mode = "off"
nb_render_markdown_format = "gfm"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_merge_streams = True
myst_heading_anchors = 3
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would fetch pages, which browsers refuse on a USB stick
html_context = {"default_mode": "auto"}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],
    "show_navbar_depth": 1,
    "max_navbar_depth": 1,
    "article_footer_items": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
