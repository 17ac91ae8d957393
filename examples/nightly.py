"""A nightly job: bring an index in step with a folder, and mail what is new for saved queries.

    baogao search '营商环境 /句 改革' --save reform --index index
    0 5 * * *  python nightly.py reports index editor@example.org

A mail for each saved query that finds something it had not found before. It is marked as seen
when the mail is sent: what a night loses, the next one sends. Files that cannot be read are
named on standard error, which cron mails by itself. $SMTP_HOST and $SMTP_PORT say who sends
the mails.
"""

import os
import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage

import search
from search import rendering

SENDER = "baogao@localhost"
MOST = 50
"""Paragraphs in a mail; all are counted, and the others come with the next."""


def main(folder: str, directory: str, recipient: str) -> None:
    """Index the folder and mail the news.

    Args:
        folder: of reports.
        directory: the index.
        recipient: address of mail.
    """
    summary = search.build_index(directory, folder, wait=-1)
    for failure in summary.failed:
        print(failure, file=sys.stderr)
    with search.open_index(directory) as index:
        for one in list(news(index)):
            send(mail(one.results, recipient))
            index.saved.mark(one)


def news(index: search.Index) -> Iterator[search.News]:
    """What is new for saved queries, of those for which something is."""
    for name in index.saved.names():
        found = index.new(name, limit=MOST)
        if found.results.total:
            yield found


def send(message: EmailMessage) -> None:
    """Hand a mail to the server."""
    host, port = os.environ.get("SMTP_HOST", "localhost"), os.environ.get("SMTP_PORT", "25")
    with smtplib.SMTP(host, int(port)) as server:
        server.send_message(message)


def mail(results: search.Results, recipient: str) -> EmailMessage:
    """What was found as a mail, to be read as text or as a page."""
    message = EmailMessage()
    message["Subject"] = f"{results.total} new: {rendering.neutralise(results.query)}"
    message["From"], message["To"] = SENDER, recipient
    message.set_content(rendering.markdown_page(results))
    message.add_alternative(rendering.html_page(results), subtype="html")
    return message


if __name__ == "__main__":
    main(*sys.argv[1:])
