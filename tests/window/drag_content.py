#!/usr/bin/python3
"""A window from which anything can be dragged: drag_content.py MIME-TYPE CONTENT"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk  # pylint: disable=wrong-import-position


def main(mime_type, content):
    GLib.set_prgname('drag-content')
    Gtk.init()
    label = Gtk.Label(label='Drag me')
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', lambda *_: Gdk.ContentProvider.new_for_bytes(
        mime_type, GLib.Bytes.new(content.encode())))
    label.add_controller(source)
    window = Gtk.Window(title='Drag content', default_width=200, default_height=150,
                        decorated=False, child=label)
    window.present()
    GLib.MainLoop().run()


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
