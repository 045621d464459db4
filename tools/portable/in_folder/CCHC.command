#!/bin/sh
# What Finder starts by a double-click.
exec "$(dirname "$0")/CCHC.sh"
