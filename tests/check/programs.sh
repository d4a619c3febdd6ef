# Independent programs from npm, in build/check/, pinned by package-lock.json.
# To be sourced at the root of the checkout. Sets `work`, NODE_PATH, and where
# the checks find our program that only they run.

work=build/check
export NODE_PATH=$work/node_modules
export PLUMBLINE_CEL_EVALUATIONS=build/release/bin/cel_evaluations

# install_programs: once for each state of the lock file.
install_programs() {
  local installed=$work/installed-lock.json
  ! cmp -s tests/check/package-lock.json "$installed" || return 0
  printf '\n== Installing independent programs into %s/\n' "$work"
  mkdir -p "$work"
  cp tests/check/package.json tests/check/package-lock.json \
    tests/check/.npmrc "$work/"
  (cd "$work" && npm ci --prefer-offline)
  cp tests/check/package-lock.json "$installed"
}
