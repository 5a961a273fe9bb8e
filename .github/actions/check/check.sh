#!/usr/bin/env bash
# What the action does, with its inputs as variables: everything is asked, even when something fails.
set -uo pipefail
failed=0
options=()
[ "${STRICT:-false}" = true ] && options+=(--strict)
[ -n "${BASELINE:-}" ] && options+=(--baseline "$BASELINE")

if [ "${FORMAT:-true}" = true ]; then
  grid fmt --check --diff -- "$PLAN" || failed=1
fi
if [ -n "${SARIF:-}" ]; then
  grid lint "${options[@]}" --format sarif -- "$PLAN" > "$SARIF" || failed=1
fi
grid lint "${options[@]}" --format github -- "$PLAN" || failed=1
if [ "${TEST:-true}" = true ]; then
  grid test -- "$PLAN" || failed=1
fi
exit $failed
