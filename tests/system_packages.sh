#!/bin/sh
# What the tests need beside Python packages: a real browser and Raptor, an RDF parser that is not ours.
set -eu
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="chromium"
command -v rapper >/dev/null || missing="$missing raptor2-utils"
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null || { echo "please install: $missing (the tests that need them are skipped)" >&2; exit 0; }
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -q
# shellcheck disable=SC2086 # a list of packages
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -yq --no-install-recommends $missing
