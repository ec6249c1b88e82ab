#!/usr/bin/python3
# check-lessons.py - lessons are there, can be read, and are the same in all languages
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example from 11 on has a lesson in English and in each other language. heapscape-cli reads
them all, from the resources. A translation has the same commands with the same expressions in the
same order, the same number of paragraphs and items, and in each paragraph the same figures (in any
order, for a sentence may turn them round) and the same code."""

import os
import re
import subprocess
import sys

FIRST_WITH_LESSON = 11
COMMAND = re.compile(r"@(\w+) ?(.*)")
# What a figure is, or code in which there is none.
FIGURE = re.compile(r"`[^`]*`|\{((?:'[^']*'|\"[^\"]*\"|[^}'\"])*)\}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")


def find_figures(text):
    return sorted(match[1].replace(" ", "") for match in FIGURE.finditer(text)
                  if match[1] is not None)


def split(lines):
    """What a lesson consists of: (line, kind, what must be equal)."""
    parts = []
    paragraph = None

    for number, line in enumerate(lines, 1):
        command = COMMAND.match(line)
        if command:
            word, rest = command.groups()
            if word == "look":
                rest, _, text = rest.partition(" ")
                parts.append([number, "@look", rest, text])
            else:
                parts.append([number, "@" + word, " ".join(rest.split()), ""])
            paragraph = None
        elif line.startswith("# "):
            parts.append([number, "heading", "", line])
            paragraph = None
        elif not line.strip():
            paragraph = None
        elif line.startswith("- ") or paragraph is None:
            paragraph = [number, "item" if line.startswith("- ") else "paragraph", "", line]
            parts.append(paragraph)
        else:
            paragraph[3] += " " + line

    return parts


def compare(english, other, name, problems):
    for first, second in zip(english, other):
        place = f"{name}:{second[0]} (English: {first[0]})"
        if first[1] != second[1]:
            problems.append(f"{place}: {second[1]} where the English lesson has {first[1]}")
            return
        if first[2] != second[2]:
            problems.append(f"{place}: {second[1]} {second[2]!r}, not {first[2]!r}")
        if find_figures(first[3]) != find_figures(second[3]):
            problems.append(f"{place}: figures {find_figures(second[3])}, "
                            f"not {find_figures(first[3])}")
    if len(english) != len(other):
        problems.append(f"{name}: {len(other)} parts, not {len(english)}")


def check_with_cli(name, language, problems):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=language)
    done = subprocess.run([os.environ["HEAPSCAPE_CLI"], "examples", name, "--lesson"],
                          env=environment, capture_output=True, check=False, timeout=60)
    if done.returncode != 0:
        problems.append(f"{name} ({language}): {done.stderr.decode().strip()}")
    return done.stdout


def main():
    root = sys.argv[1]
    lessons = os.path.join(root, "resources", "lessons")
    languages = sorted(name for name in os.listdir(lessons)
                       if os.path.isdir(os.path.join(lessons, name)))
    names = sorted(name[:-3] for name in os.listdir(os.path.join(root, "resources", "examples"))
                   if name.endswith(".py"))
    problems = []

    for folder in [""] + languages:
        for file in sorted(os.listdir(os.path.join(lessons, folder))):
            if file.endswith(".lesson") and file[:-len(".lesson")] not in names:
                problems.append(f"{os.path.join(folder, file)}: there is no such example")

    for name in names:
        path = os.path.join(lessons, name + ".lesson")
        if not os.path.exists(path):
            if int(name[:2]) >= FIRST_WITH_LESSON:
                problems.append(f"{name}: no lesson")
            continue
        english = split(read(path))
        texts = {check_with_cli(name, "en", problems)}
        for language in languages:
            translation = os.path.join(lessons, language, name + ".lesson")
            if not os.path.exists(translation):
                problems.append(f"{name}: no lesson in {language}")
                continue
            compare(english, split(read(translation)), f"{language}/{name}.lesson", problems)
            texts.add(check_with_cli(name, language, problems))
        if len(texts) != 1 + len(languages):
            problems.append(f"{name}: a translation is missing in the resources")

    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
