# fish completion for heapscape-cli
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

function __heapscape_cli_pythons
    heapscape-cli pythons --json - 2>/dev/null | string replace -rf '.*"version": *"([0-9.]*)".*' '$1'
end

function __heapscape_cli_examples
    heapscape-cli examples 2>/dev/null | string replace -rf '^ *([0-9][0-9]-[a-z0-9-]*).*' '$1'
end

set -l commands run compare inspect diff examples pythons

complete -c heapscape-cli -f
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -l help -d 'Show the commands'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -l version -d 'Print the version'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a run -d 'Run Python code and show where its bytes live'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a compare -d 'Compare variants of code'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a inspect -d 'Show what a snapshot holds'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a diff -d 'Compare two snapshots'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a examples -d 'List the examples, or print one'
complete -c heapscape-cli -n "not __fish_seen_subcommand_from $commands" -a pythons -d 'List the Python versions that can be used'
complete -c heapscape-cli -n "__fish_seen_subcommand_from $commands" -l help -d 'Show the options'

complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare examples' -l python -r -a '(__heapscape_cli_pythons)' -d 'Python to run it with'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -l arg -r -d 'Argument for the code'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -l stdin -rF -d 'File that the code reads'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -l timeout -x -d 'Time limit in seconds'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -l memory-limit -x -d 'Memory limit in MiB'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -l output-limit -x -d 'MiB that are kept of each output stream'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare examples' -l allow -x -a 'write= network processes unprotected' -d 'Let the code do more than read'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare inspect' -l json -rF -d 'Write what was measured as JSON'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare inspect' -l export -x -a 'graph= layout= strings= heap= timeline= pages=' -d 'Draw a view into a file'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare inspect' -l set -x -d 'Choose in a view'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare inspect' -l scale -x -a '1 2 4' -d 'Size of a PNG'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare inspect' -l theme -x -a 'light dark high-contrast' -d 'Colours of the pictures'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run inspect' -l moment -x -d 'Draw this moment instead of the end'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run inspect' -l compare-moment -x -d 'Show what has changed since this moment'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run inspect' -l focus -x -d 'Draw only these names'

complete -c heapscape-cli -n '__fish_seen_subcommand_from run' -l light -d 'Keep no ledger of allocations'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run' -l all-objects -d 'Measure every object of the process'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run' -l mark -x -d 'Take a snapshot at a line'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare examples' -l repeat -x -d 'Run it more times, for its time'
complete -c heapscape-cli -n '__fish_seen_subcommand_from run' -l snapshot -rF -d 'Write the snapshot'
complete -c heapscape-cli -n '__fish_seen_subcommand_from compare' -l budget -x -d 'Seconds in which times are taken more often'
complete -c heapscape-cli -n '__fish_seen_subcommand_from inspect' -l types -d 'List the types'
complete -c heapscape-cli -n '__fish_seen_subcommand_from inspect' -l path-to -x -d 'Say why an object is alive'
complete -c heapscape-cli -n '__fish_seen_subcommand_from inspect' -l source -d 'Print the code that was run'
complete -c heapscape-cli -n '__fish_seen_subcommand_from diff examples pythons' -l json -rF -d 'Write JSON'
complete -c heapscape-cli -n '__fish_seen_subcommand_from diff' -l one-process -d 'Match single objects'
complete -c heapscape-cli -n '__fish_seen_subcommand_from examples' -l lesson -d 'Print its lesson'
complete -c heapscape-cli -n '__fish_seen_subcommand_from examples' -l compare -d 'Compare its variants'

complete -c heapscape-cli -n '__fish_seen_subcommand_from run compare' -F
complete -c heapscape-cli -n '__fish_seen_subcommand_from inspect diff' -F
complete -c heapscape-cli -n '__fish_seen_subcommand_from examples' -a '(__heapscape_cli_examples)'
