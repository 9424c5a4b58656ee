# use_node: puts a Node.js that the front end can use on PATH (at least 20.19). Debian 12 has 18, which is
# only good for starting npm; npm then fetches a newer one from its package `node`, and a newer npm, into build/node.
# shellcheck shell=bash

node_is_good() {
  local version major minor
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#v}
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  [ "$major" -gt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }
}

use_node() {
  local folder=$root/build/node
  if node_is_good node && command -v npm >/dev/null; then return 0; fi
  if ! node_is_good "$folder/node_modules/.bin/node" || [ ! -e "$folder/node_modules/.bin/npm" ]; then
    # A node from elsewhere brings its own npm, and Debian's can't be installed beside it.
    command -v npm >/dev/null || install_packages web
    say "           Node.js $(node --version 2>/dev/null || echo is missing) is too old: fetching a newer one with npm"
    rm -rf "$folder"
    mkdir -p "$folder"
    printf '{ "private": true }\n' >"$folder/package.json"
    # The package `node` is a small script that links the binary of node-bin-*; its install script must run.
    (cd "$folder" && npm install --no-audit --no-fund --ignore-scripts=false node@22 npm@10) >build/node.log 2>&1 ||
      fail "npm could not fetch Node.js; connect this machine to the npm registry, or install Node.js 20.19 or later yourself (build/node.log says more)."
    node_is_good "$folder/node_modules/.bin/node" ||
      fail "the Node.js that npm fetched into build/node does not start; install Node.js 20.19 or later yourself."
  fi
  export PATH="$folder/node_modules/.bin:$PATH"
}
