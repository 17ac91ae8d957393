"""A nightly job: bring an index in step with a folder, and mail what is new and answers queries.

    0 5 * * *  python nightly.py reports index editor@example.org 放管服 '营商环境 /句 改革'

What is new is what came into the index today: a mail for each query that finds something in
it. Files that cannot be read are named on standard error, which cron mails by itself.
$SMTP_HOST and $SMTP_PORT say who sends the mails.
"""

import os
import smtplib
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.message import EmailMessage

import search
from search import rendering

SENDER = "baogao@localhost"
MOST = 50
"""Paragraphs in a mail; all are counted."""


def main(folder: str, directory: str, recipient: str, *queries: str) -> None:
    """Index the folder and mail the news.

    Args:
        folder: of reports.
        directory: the index.
        recipient: address of mail.
        queries: what is of interest.
    """
    today = datetime.now().astimezone().date()
    summary = search.build_index(directory, folder, added=today, wait=-1)
    for failure in summary.failed:
        print(failure, file=sys.stderr)
    with search.open_index(directory) as index:
        mails = [mail(results, recipient) for results in news(index, today, queries)]
    if mails:
        host, port = os.environ.get("SMTP_HOST", "localhost"), os.environ.get("SMTP_PORT", "25")
        with smtplib.SMTP(host, int(port)) as server:
            for message in mails:
                server.send_message(message)


def news(index: search.Index, day: date, queries: Iterable[str]) -> Iterator[search.Results]:
    """What queries find in the reports of a day, of those that find something."""
    for query in queries:
        results = index.search(query, filters=[("added", day.isoformat())], limit=MOST)
        if results.total:
            yield results


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
