#!/usr/bin/python3
"""A window that takes what is dropped on it into a file: drop_receiver.py picture|files FILE"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk  # pylint: disable=wrong-import-position


def main(kind, path):
    GLib.set_prgname('drop-receiver')
    Gtk.init()

    def drop(_target, value, _x, _y):
        # Complete at once for who waits for it.
        part = pathlib.Path(path + '.part')
        if kind == 'picture':
            value.save_to_png(str(part))
        else:
            part.write_text('\n'.join(file.get_uri() for file in value.get_files()), 'utf-8')
        part.rename(path)
        return True

    target = Gtk.DropTarget.new(Gdk.Texture if kind == 'picture' else Gdk.FileList,
                                Gdk.DragAction.COPY)
    target.connect('drop', drop)
    label = Gtk.Label(label='Drop here')
    label.add_controller(target)
    window = Gtk.Window(title='Drop receiver', default_width=200, default_height=150,
                        decorated=False, child=label)
    window.present()
    GLib.MainLoop().run()


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
