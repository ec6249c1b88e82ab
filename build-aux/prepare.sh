# prepare.sh - what build-aux/run and build-aux/test share; sourced by bash
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

# To build and start the program.
debian_packages=(
  build-essential meson ninja-build pkg-config gettext python3 python3-dev
  libgtk-4-dev libgtk-4-bin libadwaita-1-dev libgtksourceview-5-dev libjson-glib-dev
  libcairo2-dev libpango1.0-dev libpng-dev libglib2.0-dev libglib2.0-bin libseccomp-dev zlib1g-dev
  libzstd-dev
  adwaita-icon-theme librsvg2-common desktop-file-utils dconf-gsettings-backend
)

# To run every test besides.
debian_test_packages=(
  clang clang-format
  xvfb xauth xdotool xclip x11-utils dbus dbus-x11 at-spi2-core
  python3-gi gir1.2-atspi-2.0
  appstream bubblewrap libxml2-utils man-db python3-yaml yelp-tools fonts-cantarell fonts-dejavu-core fonts-noto-cjk procps
)

fedora_packages="gcc meson ninja-build pkgconf gettext python3-devel gtk4-devel libadwaita-devel \
gtksourceview5-devel json-glib-devel cairo-devel pango-devel libpng-devel glib2-devel libseccomp-devel zlib-devel libzstd-devel desktop-file-utils"
arch_packages="base-devel meson ninja pkgconf gettext python gtk4 libadwaita gtksourceview5 json-glib \
cairo pango libpng glib2 libseccomp zlib zstd desktop-file-utils"
ubuntu_packages="${debian_packages[*]}"

say ()
{
  printf '%s\n' "$*" >&2
}

# The packages of the arguments that are not installed, one a line.
missing_debian_packages ()
{
  local package

  for package in "$@"
  do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || echo "$package"
  done
}

as_root ()
{
  if [ "$(id -u)" -eq 0 ]
  then
    "$@"
  elif command -v sudo >/dev/null
  then
    sudo "$@"
  else
    say "This needs root and there is no sudo. As root, run:"
    say "  $*"
    return 1
  fi
}

install_debian_packages ()
{
  local missing

  mapfile -t missing < <(missing_debian_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]
  then
    return 0
  fi

  say "Heapscape needs these packages, which are not installed:"
  say "  ${missing[*]}"
  as_root apt-get update -qq || say "The package lists could not be brought up to date; trying with the old ones."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Elsewhere we name the packages and go on if what meson needs is there.
explain_packages ()
{
  if command -v meson >/dev/null && command -v ninja >/dev/null && \
     pkg-config --exists gtk4 libadwaita-1 gtksourceview-5 json-glib-1.0 libpng 2>/dev/null
  then
    return 0
  fi

  say "Heapscape installs what it needs by itself on Debian 12 only. Install these packages, then try again:"
  say "  Fedora:  sudo dnf install $fedora_packages"
  say "  Arch:    sudo pacman -S --needed $arch_packages"
  say "  Ubuntu:  sudo apt install $ubuntu_packages"
  return 1
}

# install_packages PACKAGE…: on Debian; on others says what to do.
install_packages ()
{
  local id=unknown version=0

  if [ -r /etc/os-release ]
  then
    id=$(. /etc/os-release && echo "${ID:-unknown}")
    version=$(. /etc/os-release && echo "${VERSION_ID:-0}")
  fi

  if [ "$id" = debian ] && [ "${version%%.*}" -ge 12 ]
  then
    install_debian_packages "$@"
  else
    explain_packages
  fi
}

# configure FOLDER SOURCE OPTION…: once; a folder that was left half made is
# made anew.
configure ()
{
  local folder=$1 source=$2 log
  shift 2

  if [ -f "$folder/build.ninja" ]
  then
    return 0
  fi

  log=$(mktemp)
  if ! meson setup "$folder" "$source" "$@" >"$log" 2>&1 && \
     ! meson setup --wipe "$folder" "$source" "$@" >"$log" 2>&1
  then
    cat "$log" >&2
    rm -f "$log"
    say "Heapscape could not be configured; the reason is above."
    return 1
  fi
  rm -f "$log"
}

# compile FOLDER: quiet unless it fails.
compile ()
{
  local folder=$1 log

  log=$(mktemp)
  if ! ninja -C "$folder" >"$log" 2>&1
  then
    cat "$log" >&2
    rm -f "$log"
    say "Heapscape could not be built; the reason is above."
    return 1
  fi
  rm -f "$log"
}
