"""Pointer and keyboard of the desktop, through the X server's test extension:
programs cannot tell them from a person's."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import subprocess
import time

TYPING_DELAY_MS = 8


class Input:
    """Places and sizes are in pixels of the toolkit."""

    def __init__(self, desktop):
        self.desktop = desktop

    def _do(self, *words):
        return self.desktop.output_of('xdotool', *(str(word) for word in words)).decode()

    def windows(self):
        """Every X window of a program that is on the screen, popovers as well."""
        try:
            return [int(window) for window in
                    self._do('search', '--onlyvisible', '--maxdepth', 1, '--class', '.').split()]
        except subprocess.CalledProcessError:
            return []  # xdotool fails when there is none

    def title(self, window):
        return self._do('getwindowname', window).rstrip('\n')

    def geometry(self, window):
        """x, y, width, height on the screen."""
        answer = self._do('getwindowgeometry', '--shell', window)
        values = dict(line.split('=', 1) for line in answer.split() if '=' in line)
        return tuple(int(values[name]) // self.desktop.scale
                     for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def shadow(self, window):
        """left, top: how much of an X window lies outside of what is drawn as the
        window; None if the toolkit does not say."""
        answer = self.desktop.output_of('xprop', '-id', str(window), '_GTK_FRAME_EXTENTS').decode()
        numbers = [int(number) for number in re.findall(r'\d+', answer.partition('=')[2])]
        scale = self.desktop.scale
        return (numbers[0] // scale, numbers[2] // scale) if len(numbers) == 4 else None

    def move(self, x, y):
        # Not --sync: that waits for ever when the pointer is there already.
        scale = self.desktop.scale
        self._do('mousemove', round(x * scale), round(y * scale))

    def click(self, x, y, button=1, count=1):
        self.move(x, y)
        self._do('click', '--repeat', count, '--delay', 40, button)

    def press(self, button=1):
        self._do('mousedown', button)

    def release(self, button=1):
        self._do('mouseup', button)

    def drag(self, start, end, button=1, steps=12):
        """Moves with the button held, in steps, as a hand does."""
        self.move(*start)
        self.press(button)
        for step in range(1, steps + 1):
            self.move(*(a + (b - a) * step / steps for a, b in zip(start, end)))
            time.sleep(0.01)
        self.release(button)

    def wheel(self, clicks, *modifiers):
        """clicks > 0: away from the hand, up."""
        for key in modifiers:
            self._do('keydown', key)
        try:
            self._do('click', '--repeat', abs(clicks), '--delay', 30, 4 if clicks > 0 else 5)
        finally:
            for key in modifiers:
                self._do('keyup', key)

    def key(self, *keys):
        self._do('key', '--delay', TYPING_DELAY_MS, *keys)

    def type(self, text):
        self._do('type', '--delay', TYPING_DELAY_MS, '--', text)

    def focus(self, window):
        self._do('windowfocus', '--sync', window)

    def place_window(self, window, x, y):
        scale = self.desktop.scale
        self._do('windowmove', '--sync', window, x * scale, y * scale)

    def resize_window(self, window, width, height):
        scale = self.desktop.scale
        self._do('windowsize', '--sync', window, width * scale, height * scale)
