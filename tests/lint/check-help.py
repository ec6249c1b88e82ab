#!/usr/bin/python3
# check-help.py - the pages of the help are there, can be read, and are the same in all languages
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each page is XML that has the name of its file, and each link leads to a page or a section that
there is. A translation has the same pages with the same sections, links and figures. Every view
has a page of its name, for F1. xmllint and yelp-check are asked as well; where they are missing,
that is said."""

import glob
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

MALLARD = "{http://projectmallard.org/1.0/}"
VIEW_NAME = re.compile(r'^  \.name = "(\w+)"', re.MULTILINE)


def read(path, problems):
    """What a page has in common with its translations; None: it cannot be read."""
    try:
        root = tree.parse(path).getroot()
    except tree.ParseError as error:
        problems.append(f"{path}: {error}")
        return None

    name = os.path.basename(path).removesuffix(".page")
    if root.tag != MALLARD + "page" or root.get("id") != name:
        problems.append(f"{path}: not a page of the name {name}")
    for element in root.iter():
        if element.tag in (MALLARD + "title", MALLARD + "desc", MALLARD + "p") \
           and not "".join(element.itertext()).strip():
            problems.append(f"{path}: an empty <{element.tag.removeprefix(MALLARD)}>")

    links = [e.get("xref") for e in root.iter() if e.tag == MALLARD + "link" and e.get("xref")]
    return {
        "sections": [e.get("id") for e in root.iter(MALLARD + "section")],
        "links": sorted(links),
        "figures": [e.get("src") for e in root.iter(MALLARD + "media")],
        "screens": len(list(root.iter(MALLARD + "screen"))),
        "rows": [len(list(e.iter(MALLARD + "tr"))) for e in root.iter(MALLARD + "table")],
        "terms": [len(e) for e in root.iter(MALLARD + "terms")],
        "items": [len(e) for e in root.iter() if e.tag in (MALLARD + "list", MALLARD + "steps")],
    }


def check_links(folder, pages, problems):
    for name, page in pages.items():
        for link in page["links"]:
            target, _, section = link.partition("#")
            found = pages.get(target or name)
            if found is None or section and section not in found["sections"]:
                problems.append(f"{folder}/{name}.page: a link to {link}, which is not there")
        for figure in page["figures"]:
            if not os.path.isfile(os.path.join(folder, figure)):
                problems.append(f"{folder}/{name}.page: no figure {figure}")
    used = {figure for page in pages.values() for figure in page["figures"]}
    for path in glob.glob(os.path.join(folder, "figures", "*")):
        if os.path.relpath(path, folder) not in used:
            problems.append(f"{path}: no page shows it")


def compare(folder, pages, original, problems):
    for name in sorted(set(pages) ^ set(original)):
        problems.append(f"{folder}/{name}.page: there in one language only")
    for name in sorted(set(pages) & set(original)):
        for what, value in original[name].items():
            if pages[name][what] != value:
                problems.append(f"{folder}/{name}.page: other {what} than in English: "
                                f"{pages[name][what]}, not {value}")


def run(command, problems):
    if shutil.which(command[0]) is None:
        print(f"SKIPPED, since {command[0]} is not installed: {' '.join(command[:3])} …")
        return
    result = subprocess.run(command, capture_output=True, text=True, timeout=100)
    if result.returncode != 0 or result.stdout.strip():
        problems.append(f"{' '.join(command[:3])}: {result.stdout}{result.stderr}")


def main():
    root = sys.argv[1]
    folders = sorted(os.path.dirname(path) for path in glob.glob(f"{root}/help/*/index.page"))
    problems = []
    original = None

    for folder in folders:  # C stands before all others
        paths = sorted(glob.glob(f"{folder}/*.page"))
        pages = {os.path.basename(path).removesuffix(".page"): read(path, problems)
                 for path in paths}
        pages = {name: page for name, page in pages.items() if page is not None}
        check_links(folder, pages, problems)
        if original is None:
            original = pages
        compare(folder, pages, original, problems)

        run(["xmllint", "--noout"] + paths, problems)
        for command in "validate", "links", "media", "ids", "orphans":
            run(["yelp-check", command, folder], problems)

    for path in glob.glob(f"{root}/core/draw/*-wishes.c"):
        with open(path, encoding="utf-8") as file:
            for name in VIEW_NAME.findall(file.read()):
                if name not in original:
                    problems.append(f"{path}: the view {name} has no page help/C/{name}.page")

    if len(folders) < 2:
        problems.append(f"{root}/help: pages in {len(folders)} languages")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
