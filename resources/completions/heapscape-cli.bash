# bash completion for heapscape-cli                         -*- shell-script -*-
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

_heapscape_cli_pythons ()
{
  "${1:-heapscape-cli}" pythons --json - 2>/dev/null |
    sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p'
}

_heapscape_cli ()
{
  local cur prev words cword split
  _init_completion -s -n : || return

  local run="--python= --arg= --stdin= --timeout= --memory-limit= --output-limit= --allow="
  local picture="--json= --export= --set= --scale= --theme="
  local moment="--moment= --compare-moment= --focus="
  local command=${words[1]}

  if [ "$cword" -eq 1 ]
  then
    COMPREPLY=($(compgen -W "run compare inspect diff examples pythons --help --version" -- "$cur"))
    return
  fi

  case $prev in
    --python)
      COMPREPLY=($(compgen -W "$(_heapscape_cli_pythons "${words[0]}")" -- "$cur"))
      _filedir
      return ;;
    --allow)
      COMPREPLY=($(compgen -W "write= network processes unprotected" -- "$cur"))
      [ "${COMPREPLY[0]:-}" = write= ] && compopt -o nospace
      return ;;
    --theme)
      COMPREPLY=($(compgen -W "light dark high-contrast" -- "$cur"))
      return ;;
    --scale)
      COMPREPLY=($(compgen -W "1 2 4" -- "$cur"))
      return ;;
    --export)
      COMPREPLY=($(compgen -S = -W "graph layout strings heap timeline pages" -- "$cur"))
      compopt -o nospace
      return ;;
    --json | --stdin | --snapshot)
      _filedir
      return ;;
    --arg | --timeout | --memory-limit | --output-limit | --mark | --repeat | --budget | --set | \
    --moment | --compare-moment | --focus | --path-to)
      return ;;
  esac
  $split && return

  if [[ $cur == -* ]]
  then
    case $command in
      run)
        COMPREPLY=($(compgen -W "$run $picture $moment --light --all-objects --mark= --repeat=
                                 --snapshot= --help" -- "$cur")) ;;
      compare)
        COMPREPLY=($(compgen -W "$run $picture --repeat= --budget= --help" -- "$cur")) ;;
      inspect)
        COMPREPLY=($(compgen -W "$picture $moment --types --path-to= --source --help" -- "$cur")) ;;
      diff)
        COMPREPLY=($(compgen -W "--json= --one-process --help" -- "$cur")) ;;
      examples)
        COMPREPLY=($(compgen -W "--lesson --compare --python= --repeat= --json= --allow= --help" \
                             -- "$cur")) ;;
      pythons)
        COMPREPLY=($(compgen -W "--json= --help" -- "$cur")) ;;
    esac
    [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace
    return
  fi

  case $command in
    run | compare)
      _filedir py ;;
    inspect | diff)
      _filedir '@(heapscape|hss)' ;;
    examples)
      COMPREPLY=($(compgen -W "$("${words[0]}" examples 2>/dev/null |
                                 sed -n 's/^ *\([0-9][0-9]-[a-z0-9-]*\).*/\1/p')" -- "$cur")) ;;
  esac
}

complete -F _heapscape_cli heapscape-cli
