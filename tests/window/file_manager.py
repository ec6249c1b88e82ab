#!/usr/bin/python3
"""A file manager that only notes what it was asked to show: file_manager.py FILE"""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import sys

from gi.repository import Gio, GLib

INTERFACE = '''<node><interface name="org.freedesktop.FileManager1"><method name="ShowItems">
<arg type="as" name="URIs" direction="in"/><arg type="s" name="StartupId" direction="in"/>
</method></interface></node>'''


def main(path):
    path = pathlib.Path(path)
    info = Gio.DBusNodeInfo.new_for_xml(INTERFACE)

    def call(_bus, _sender, _object, _interface, _method, parameters, invocation):
        path.write_text('\n'.join(parameters.unpack()[0]), 'utf-8')
        invocation.return_value(None)

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object('/org/freedesktop/FileManager1', info.interfaces[0], call, None, None)
    Gio.bus_own_name_on_connection(bus, 'org.freedesktop.FileManager1',
                                   Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: path.write_text('', 'utf-8'), None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main(sys.argv[1])
