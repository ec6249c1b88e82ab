#!/usr/bin/python3
# check-window.py - menus, mnemonics, tooltips and shortcuts of the window
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The primary menu ends as the guidelines of GNOME ask. In each menu, and in each part of the
window, no two things have the same mnemonic, in English and in each translation. A button without
words has a tooltip. The window of shortcuts has every key that the code knows, and no other."""

import collections
import gettext
import glob
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

LAST_ITEMS = ["_Preferences", "_Keyboard Shortcuts", "_Help", "A_bout Heapscape"]

# Keys that do what they do in every program, or the same as one that is listed.
COMMON_KEYS = {
    "<Shift>Return": "in a search field: the previous match, as Ctrl+Shift+G",
    "Page_Up": "a page up, as everywhere",
    "Page_Down": "a page down, as everywhere",
    "Menu": "the menu of what has the focus, as Shift+F10",
    "space": "as Return",
    "equal": "plus without Shift",
}
# Keys that GTK and GtkSourceView bring along.
BROUGHT_KEYS = {"<Control>z", "<Control><Shift>z", "F10", "<Control>space"}

# Two buttons for one thing.
SAME = {"_Run", "_Run the Code"}

# Parts of the window that are seen at the same time.
TOGETHER = ("hs-window.ui", "hs-views.ui", "hs-view-panel.ui", "hs-view-tools.ui",
            "hs-moment-bar.ui", "hs-console.ui", "hs-find-bar.ui", "hs-lesson-panel.ui")


def mnemonic(text):
    """The letter after the underscore, None: it has none."""
    match = re.search(r"_([^\W_])", text.replace("__", ""))
    return match.group(1).casefold() if match else None


def translations(root):
    """language: a function from a text to its translation."""
    found = {"C": lambda text, context: text}
    for path in sorted(glob.glob(os.path.join(root, "po", "*.po"))):
        binary = subprocess.run(["msgfmt", "-o", "-", path], check=True, capture_output=True).stdout
        catalog = gettext.GNUTranslations(io.BytesIO(binary))
        language = os.path.basename(path).removesuffix(".po")
        found[language] = lambda text, context, catalog=catalog: (
            catalog.pgettext(context, text) if context else catalog.gettext(text))
    return found


def check_unique(place, labels, languages, problems):
    """labels: (text, context) of what is seen together."""
    for language, translate in languages.items():
        by_letter = collections.defaultdict(set)
        for text, context in labels:
            shown = translate(text, context)
            if mnemonic(shown):
                by_letter[mnemonic(shown)].add(shown)
        for letter, shown in by_letter.items():
            if len(shown) > 1 and not shown <= {translate(text, None) for text in SAME}:
                problems.append(f"{place} ({language}): {' and '.join(sorted(shown))} have the "
                                f"same mnemonic {letter}")


def menu_labels(menu):
    """Of the menu and its sections; a submenu is another one."""
    for part in menu:
        if part.tag == "section":
            yield from menu_labels(part)
        for attribute in part.findall("attribute"):
            if attribute.get("name") == "label" and part.tag in ("item", "submenu"):
                yield attribute.text, attribute.get("context")


def check_menus(path, root, languages, problems):
    for menu in [*root.iter("menu"), *root.iter("submenu")]:
        labels = list(menu_labels(menu))
        check_unique(f"{path}: menu {menu.get('id')}", labels, languages, problems)
        for text, _ in labels:
            if menu.get("id") == "primary-menu" and not mnemonic(text):
                problems.append(f"{path}: “{text}” has no mnemonic")
        if menu.get("id") == "primary-menu":
            last = [text for text, _ in menu_labels(menu.findall("section")[-1])]
            if last != LAST_ITEMS:
                problems.append(f"{path}: the primary menu ends with {last}")


def properties(node):
    return {child.get("name"): child for child in node.findall("property")}


def window_labels(root):
    for node in root.iter("object"):
        found = properties(node)
        if "use-underline" in found and "label" in found:
            yield found["label"].text, found["label"].get("context")


def check_tooltips(path, root, problems):
    for node in root.iter("object"):
        found = properties(node)
        if node.get("class") in ("GtkButton", "GtkToggleButton", "GtkMenuButton") and \
                "icon-name" in found and "label" not in found and "tooltip-text" not in found:
            problems.append(f"{path}: a button with the icon {found['icon-name'].text} has no "
                            "tooltip")


def listed_keys(root):
    """Of the window of shortcuts."""
    for node in root.iter("object"):
        if node.get("class") != "GtkShortcutsShortcut":
            continue
        for word in properties(node)["accelerator"].text.split():
            first, dots, last = word.rpartition("...")
            if not dots:
                yield word
                continue
            prefix, start = first[:-1], first[-1]
            for number in range(int(start), int(last) + 1):
                yield f"{prefix}{number}"


MODIFIERS = {"GDK_CONTROL_MASK": "<Control>", "GDK_SHIFT_MASK": "<Shift>", "GDK_ALT_MASK": "<Alt>"}
BINDING = re.compile(r"GDK_KEY_(\w+)(?:,\s*((?:GDK_\w+_MASK|0)(?:\s*\|\s*GDK_\w+_MASK)*))?")
ACCELS = re.compile(r"^static const struct\s*\{[^}]*accels.*?^\};", re.MULTILINE | re.DOTALL)


def ordered(key):
    """<Shift><Control>x as <Control><Shift>x, letters small."""
    name = re.sub(r"<\w+>", "", key)
    modifiers = "".join(word for word in ("<Control>", "<Alt>", "<Shift>") if word in key)
    return modifiers + (name.lower() if len(name) == 1 else name)


def known_keys(root):
    """key: where the code has it."""
    found = {}
    for path in sorted(glob.glob(os.path.join(root, "gui", "*.c"))):
        with open(path, encoding="utf-8") as file:
            source = file.read()
        accels = ACCELS.search(source)
        if accels:
            for rest in re.findall(r"\{ (\"[^{}]*\") \}", accels.group()):
                for key in re.findall(r'"(.*?)"', rest):
                    found.setdefault(ordered(key), path)
        for name, masks in BINDING.findall(source):
            key = "".join(word for mask, word in MODIFIERS.items() if mask in masks) + name
            # The menu key, and Shift+F10, whose Shift is looked at apart.
            found.setdefault(ordered("<Shift>F10" if key == "F10" else key), path)
    return {key: path for key, path in found.items() if "KP_" not in key}


def check_shortcuts(root, problems):
    path = os.path.join(root, "resources", "ui", "help-overlay.ui")
    listed = {ordered(key) for key in listed_keys(tree.parse(path).getroot())}
    known = known_keys(root)
    for key, source in known.items():
        if re.sub(r"<.*>", "", key) not in COMMON_KEYS and key not in COMMON_KEYS and \
                key not in listed:
            problems.append(f"{path}: {key}, which {source} knows, is missing")
    for key in listed - known.keys() - BROUGHT_KEYS:
        problems.append(f"{path}: nothing knows {key}")


def main():
    root = sys.argv[1]
    problems = []
    languages = translations(root)
    together = []
    for path in sorted(glob.glob(os.path.join(root, "resources", "ui", "*.ui"))):
        interface = tree.parse(path).getroot()
        labels = list(window_labels(interface))
        check_menus(path, interface, languages, problems)
        check_unique(path, labels, languages, problems)
        check_tooltips(path, interface, problems)
        if os.path.basename(path) in TOGETHER:
            together += labels
    check_unique("the main window", together, languages, problems)
    check_shortcuts(root, problems)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
