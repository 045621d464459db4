#!/bin/sh
# Opens the page of CCHC, of the folder or workbook named; with other words, the command line.
# Works without a network; writes nothing here, but into a folder of the user's own.
file=$0
while [ -L "$file" ]; do
    to=$(readlink "$file")
    case $to in /*) file=$to ;; *) file=$(dirname "$file")/$to ;; esac
done
app=$(CDPATH= cd -- "$(dirname -- "$file")" && pwd)/app
base=${XDG_DATA_HOME:-$HOME/.local/share}/cchc
own=$base/@STAMP@
python=$own/env/bin/python

prepare() {
    if [ -x "$app/python/bin/python3" ]; then
        set -- "$app/python/bin/python3"
    else
        set -- @PYTHONS@
    fi
    for with in "$@"; do
        # Away from here: uv would take the environment of a project that it stands in.
        (cd / && "$app/uv" run -qq --no-config --offline --no-project \
            --no-env-file --no-python-downloads --cache-dir "$base/uv" --python "$with" \
            python -I -B "$app/start.py" prepare "$own")
        case $? in
        0) return 0 ;;
        3) return 3 ;;
        esac
    done
    cat "$app/CHUA-CO-PYTHON.txt" >&2
    [ -t 2 ] || xdg-open "$app/CHUA-CO-PYTHON.txt" >/dev/null 2>&1
    return 4
}

if ! { [ -f "$own/xong.txt" ] && [ -x "$python" ]; }; then
    prepare || exit
fi
if [ $# -eq 0 ] || [ -e "$1" ]; then
    exec "$python" -I "$app/start.py" open "$own" "$@"
fi
CCHC_LENH="\"$(dirname "$app")/CCHC.sh\"" exec "$python" -I -X utf8 -m cchc_office "$@"
