"""Renders Markdown from standard input and says what became of it, as JSON.

Two renderers that know nothing of ours: cmark-gfm (GitHub's) and markdown-it (GitLab's, VS Code's). Raw HTML is let
through, so that markup which should have been escaped shows.
"""
import json
import sys
from html.parser import HTMLParser


class Facts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.links, self.text = {}, [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name, value in attributes:
            if name in ("id", "name"):
                self.ids.append(value)
            elif name == "href":
                self.links.append(value)
            elif name not in ("align", "style", "start", "class", "lang"):
                self.tags[f"{tag} {name}"] = 1

    def handle_data(self, data):
        self.text.append(data)


def renderers():
    try:
        import cmarkgfm
        from cmarkgfm.cmark import Options

        yield "cmark-gfm", lambda text: cmarkgfm.github_flavored_markdown_to_html(
            text, options=Options.CMARK_OPT_UNSAFE)
    except ImportError:
        pass
    try:
        from markdown_it import MarkdownIt

        try:
            import linkify_it  # noqa: F401

            parser = MarkdownIt("gfm-like")
        except ImportError:
            parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        yield "markdown-it", parser.render
    except ImportError:
        pass


def facts(html):
    parser = Facts()
    parser.feed(html)
    return {"tags": parser.tags, "ids": parser.ids, "links": parser.links, "text": "".join(parser.text)}


text = sys.stdin.read()
json.dump({name: facts(render(text)) for name, render in renderers()}, sys.stdout)
