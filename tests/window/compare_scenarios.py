"""Comparing: variants of the code, their verdicts, the variant that is shown, files."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

from graph_scenarios import png_chunks, save_as
from harness import called, scenario, wait_until
from view_scenarios import tab, wait_for_items

VARIANTS = '''N = 50_000
# %% list
result = sum([i * i for i in range(N)])
kept = ["walnut"]
print("by a list")
# %% generator
result = sum(i * i for i in range(N))
kept = ["almond"]
'''

DIFFERENT = '''# %% one
result = 1
# %% other
result = 1.5
'''

ENDLESS = '''# %% quick
result = 1
# %% endless
while True:
    pass
'''


def compare(session, code):
    session.run()
    session.paste_code(code)
    session.window.find('push button', session.tr('Compare'), where=session.is_shown)
    session.key('ctrl+shift+Return')


def wait_for_picture(session, *words):
    """Waits until the picture of the comparison says these words."""
    wait_for_items(session, 'Compare')
    wait_until(f'{words} in the comparison', lambda: all(
        any(word in name for name in session.items('Compare')) for word in words))


@scenario
def compare_variants(session):
    compare(session, VARIANTS)
    session.status(session.tr.pattern('“%1$s” saves the most against “%2$s”. %3$s'))
    wait_for_picture(session, 'list', 'generator')
    session.wait_for_text(session.output, 'by a list')

    # The other views show one variant, the baseline at first.
    session.click(tab(session, 'Graph'))
    wait_for_items(session, 'Graph')
    wait_until('the baseline', lambda: any('walnut' in name for name in session.boxes()))
    chooser = session.window.find('combo box', called(session.tr('Variant')),
                                  where=session.is_shown)
    session.click(chooser)
    session.key('Down', 'Return')
    wait_until('the other variant', lambda: any('almond' in name for name in session.boxes()))

    # A run takes its place.
    session.key('ctrl+Return')
    session.status(session.tr.pattern('Finished; measured in %s.'))
    wait_until('the choice to go', lambda: session.window.first(
        'combo box', called(session.tr('Variant')), where=session.is_shown) is None)
    session.quit()


@scenario
def compare_what_differs(session):
    compare(session, DIFFERENT)
    session.status(session.tr.pattern('No saving is claimed: none does the same as “%s”.'))
    wait_for_picture(session, session.tr('Results differ', 'verdict'))
    session.quit()


@scenario
def stop_comparing(session):
    compare(session, ENDLESS)
    session.status(session.tr.pattern('Measuring the bytes of “%s”'))
    session.key('Escape')
    session.status(session.tr('The comparison was stopped.'))
    session.quit()


@scenario
def compare_nothing(session):
    session.run()
    session.paste_code('print(1)\n')
    assert session.window.first('push button', session.tr('Compare'),
                                where=session.is_shown) is None
    session.key('ctrl+shift+Return')
    session.status(session.tr('There is nothing to compare: write “# %% NAME” above each variant '
                              'of the code, or choose a second file.'))
    session.quit()


@scenario
def export_a_comparison(session):
    compare(session, VARIANTS)
    session.status(session.tr.pattern('“%1$s” saves the most against “%2$s”. %3$s'))
    wait_for_picture(session, 'generator')
    target = session.folder / 'home' / 'comparison.png'
    session.key('ctrl+e')
    session.click_button(session.tr('Export'), session.dialog(session.tr('Export Picture')))
    save_as(session, target)
    wait_until('the file', target.exists)
    chunks = png_chunks(target.read_bytes())
    texts = {body.split(b'\0')[0] for kind, body in chunks if kind.endswith('Xt')}
    assert b'Source Code' in texts, texts
    session.quit()
