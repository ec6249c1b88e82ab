"""The accessible tree of a program, read as a screen reader reads it: by D-Bus
calls on the accessibility bus. Nothing is cached, so nothing can be stale."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # pylint: disable=wrong-import-position

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
COMPONENT = 'org.a11y.atspi.Component'
EDITABLE_TEXT = 'org.a11y.atspi.EditableText'
PROPERTIES = 'org.freedesktop.DBus.Properties'
TEXT = 'org.a11y.atspi.Text'

REGISTRY = 'org.a11y.atspi.Registry'
ROOT_PATH = '/org/a11y/atspi/accessible/root'

# Only the names of the numbers are taken from libatspi; it does not connect.
ROLES = {number: Atspi.Role(number).value_nick.replace('-', ' ')
         for number in range(int(Atspi.Role.LAST_DEFINED))}
STATES = {Atspi.StateType(number).value_nick: number
          for number in range(int(Atspi.StateType.LAST_DEFINED))}

CALL_TIMEOUT_MS = 10_000
POLL_SECONDS = 0.02


class Waited(AssertionError):
    """A condition did not come true."""


def wait_until(what, condition, seconds=10):
    """The first true value of condition(), which may fail while a tree changes."""
    end = time.monotonic() + seconds
    while True:
        error = None
        try:
            value = condition()
            if value:
                return value
        except (GLib.Error, LookupError) as failed:
            error = failed
        if time.monotonic() > end:
            raise Waited(f'waited {seconds} s for {what}' + (f': {error}' if error else ''))
        time.sleep(POLL_SECONDS)


class Bus:
    """The accessibility bus, with its registry running before any program
    registers: a program that starts together with it may be lost."""

    def __init__(self, session_address):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
                 Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.session = Gio.DBusConnection.new_for_address_sync(session_address, flags, None, None)
        address, = self.session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus',
                                          'GetAddress', None, None, Gio.DBusCallFlags.NONE,
                                          CALL_TIMEOUT_MS, None).unpack()
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        for connection in (self.session, self.connection):
            connection.set_exit_on_close(False)
        self.root = Node(self, REGISTRY, ROOT_PATH)
        wait_until('the registry', lambda: self.root.get(ACCESSIBLE, 'ChildCount') is not None)

    def call(self, owner, path, interface, method, parameters=None):
        return self.connection.call_sync(owner, path, interface, method, parameters, None,
                                         Gio.DBusCallFlags.NONE, CALL_TIMEOUT_MS, None).unpack()

    def pid_of(self, owner):
        return self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'GetConnectionUnixProcessID', GLib.Variant('(s)', (owner,)))[0]

    def program(self, pid):
        """The tree of the program with this process id, or None."""
        for node in self.root.children():
            if self.pid_of(node.owner) == pid:
                return Node(self, node.owner, node.path)
        return None

    def close(self):
        for connection in (self.connection, self.session):
            try:
                connection.close_sync(None)
            except GLib.Error:
                pass


class Node:
    """One accessible object. Every attribute is a question to the program."""

    def __init__(self, bus, owner, path, parent=None):
        self.bus, self.owner, self.path, self.parent = bus, owner, path, parent

    def __eq__(self, other):
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def __repr__(self):
        try:
            return f'<{self.role} {self.name!r}>'
        except GLib.Error:
            return f'<gone {self.path}>'

    def call(self, interface, method, signature=None, *arguments):
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self.bus.call(self.owner, self.path, interface, method, parameters)

    def get(self, interface, name):
        return self.call(PROPERTIES, 'Get', '(ss)', interface, name)[0]

    @property
    def name(self):
        return self.get(ACCESSIBLE, 'Name')

    @property
    def description(self):
        return self.get(ACCESSIBLE, 'Description')

    @property
    def role(self):
        number, = self.call(ACCESSIBLE, 'GetRole')
        return ROLES.get(number, str(number))

    def has(self, state):
        low, high = self.call(ACCESSIBLE, 'GetState')[0]
        return bool((low | high << 32) >> STATES[state] & 1)

    @property
    def states(self):
        low, high = self.call(ACCESSIBLE, 'GetState')[0]
        return [name for name, bit in STATES.items() if (low | high << 32) >> bit & 1]

    @property
    def interfaces(self):
        return self.call(ACCESSIBLE, 'GetInterfaces')[0]

    def children(self):
        return [Node(self.bus, owner, path, self)
                for owner, path in self.call(ACCESSIBLE, 'GetChildren')[0]]

    def walk(self, depth=0):
        """This node and everything below; what vanishes meanwhile is left out."""
        yield self
        if depth > 80:
            return
        try:
            children = self.children()
        except GLib.Error:
            return
        for child in children:
            yield from child.walk(depth + 1)

    def all(self, role=None, name=None, where=None):
        """Everything below that matches. role: one or a tuple; name: a text or a predicate."""
        roles = role if isinstance(role, tuple) else (role,)
        for node in self.walk():
            try:
                if name is not None:
                    actual = node.name
                    if not (name(actual) if callable(name) else name == actual):
                        continue
                if role is not None and node.role not in roles:
                    continue
                if where is not None and not where(node):
                    continue
            except GLib.Error:
                continue
            yield node

    def first(self, role=None, name=None, where=None):
        return next(self.all(role, name, where), None)

    def find(self, role=None, name=None, where=None, seconds=10):
        return wait_until(f'{role or "anything"} “{getattr(name, "__name__", name)}” in {self}',
                          lambda: self.first(role, name, where), seconds)

    @property
    def text(self):
        count = self.get(TEXT, 'CharacterCount')
        return self.call(TEXT, 'GetText', '(ii)', 0, count)[0]

    @property
    def caret(self):
        return self.get(TEXT, 'CaretOffset')

    @property
    def selection(self):
        """The selected text, '' if nothing is selected."""
        count, = self.call(TEXT, 'GetNSelections')
        if count == 0:
            return ''
        start, end = self.call(TEXT, 'GetSelection', '(i)', 0)
        return self.text[start:end]

    def set_text(self, text):
        self.call(EDITABLE_TEXT, 'SetTextContents', '(s)', text)

    @property
    def extents(self):
        """x, y, width, height in its own window, without the shadow."""
        return self.call(COMPONENT, 'GetExtents', '(u)', int(Atspi.CoordType.WINDOW))[0]

    @property
    def actions(self):
        count = self.get(ACTION, 'NActions')
        return [self.call(ACTION, 'GetName', '(i)', index)[0] for index in range(count)]

    def act(self, name='click'):
        self.call(ACTION, 'DoAction', '(i)', self.actions.index(name))

    def dump(self, depth=0):
        """The tree as text, a node a line."""
        lines = []
        for node, level in self._levels(depth):
            try:
                words = [f'{"  " * level}{node.role} {node.name!r}']
                interfaces = node.interfaces
                if node.description:
                    words.append(f'({node.description!r})')
                if TEXT in interfaces:
                    words.append(f'text={node.text[:200]!r}')
                if COMPONENT in interfaces:
                    words.append('{}×{}+{}+{}'.format(*(node.extents[i] for i in (2, 3, 0, 1))))
                words.append(','.join(node.states))
                if ACTION in interfaces:
                    words.append(f'actions={",".join(node.actions)}')
            except GLib.Error as error:
                words = [f'{"  " * level}{node.path}: {error.message}']
            lines.append(' '.join(words))
        return '\n'.join(lines) + '\n'

    def _levels(self, depth):
        yield self, depth
        try:
            children = self.children() if depth < 80 else []
        except GLib.Error:
            children = []
        for child in children:
            yield from child._levels(depth + 1)  # pylint: disable=protected-access
