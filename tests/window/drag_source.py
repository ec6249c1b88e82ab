#!/usr/bin/python3
"""A window from which a file can be dragged: drag_source.py FILE"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # pylint: disable=wrong-import-position


def main(path):
    GLib.set_prgname('drag-source')
    Gtk.init()
    uri = Gio.File.new_for_path(path).get_uri() + '\r\n'
    label = Gtk.Label(label='Drag me')
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', lambda *_: Gdk.ContentProvider.new_for_bytes(
        'text/uri-list', GLib.Bytes.new(uri.encode())))
    label.add_controller(source)
    window = Gtk.Window(title='Drag source', default_width=200, default_height=150,
                        decorated=False, child=label)
    window.present()
    GLib.MainLoop().run()


if __name__ == '__main__':
    main(sys.argv[1])
