# bash completion for heapscape                             -*- shell-script -*-
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

_heapscape ()
{
  local cur prev words cword
  _init_completion || return

  if [[ $cur == -* ]]
  then
    COMPREPLY=($(compgen -W "--new-window --help --version" -- "$cur"))
    return
  fi
  _filedir '@(py|pyw|heapscape|hss|png)'
}

complete -F _heapscape heapscape
