# fish completion for heapscape
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c heapscape -l new-window -d 'Open an empty window'
complete -c heapscape -l help -d 'Show the options'
complete -c heapscape -l version -d 'Print the version'
