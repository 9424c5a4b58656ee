# install_packages GROUP...: makes sure that the Debian packages of these groups of packages.txt are there.
# Asks dpkg first, so that with everything there it needs no network, no root and no time.
# shellcheck shell=bash

check_system() {
  local id='' version='' name='an unknown system'
  if [ -r /etc/os-release ]; then
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    name=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-$name}")
  fi
  [ "$id" = debian ] && [ "$version" = 12 ] ||
    fail "Jinyue is built on Debian 12 and this is $name; use a Debian 12 machine, container or chroot."
  [ "$(uname -m)" = x86_64 ] ||
    fail "Jinyue is built for 64-bit x86 processors and this is $(uname -m); use an amd64 machine."
}

# Packages of the groups that are not installed, one per line.
missing_packages() {
  local wanted
  wanted=$(awk -v groups=" $* " '!/^#/ && NF >= 2 && index(groups, " " $2 " ") { print $1 }' packages.txt)
  # shellcheck disable=SC2086
  comm -23 <(printf '%s\n' $wanted | sort) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# as_root COMMAND...: directly as root, else through sudo; the proxy settings go along.
as_root() {
  local setting keep=()
  for setting in http_proxy https_proxy no_proxy; do
    [ -z "${!setting:-}" ] || keep+=("$setting=${!setting}")
  done
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "${keep[@]}" "$@"
  fi
}

install_packages() {
  check_system
  local missing in_the_way log=build/packages.log
  missing=$(missing_packages "$@" | tr '\n' ' ')
  missing=${missing% }
  if [ -z "$missing" ]; then
    return 0
  fi

  local how="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "some Debian packages are missing and there is no sudo here; run as root: $how"
    sudo -n true 2>/dev/null || [ -t 0 ] ||
      fail "some Debian packages are missing and sudo asks for a password; run in a terminal, or run as root: $how"
  fi
  # Boost 1.81 and 1.74 can't be installed side by side. What else needs 1.74 is not ours to decide.
  in_the_way=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 'libboost*-dev' bjam boost-build 2>/dev/null |
    sed -n 's/^installed //p' | grep -v '1\.81-dev$' | tr '\n' ' ')
  case " $missing " in
    *" libboost"*) [ -z "$in_the_way" ] ||
      fail "Boost 1.81 is needed and can't be installed beside what is here; remove it first: apt-get remove $in_the_way" ;;
  esac

  say "           installing $(printf '%s' "$missing" | wc -w) Debian packages: $missing" | fold -s -w 100
  : >"$log"
  as_root apt-get -q update >>"$log" 2>&1 || true  # a broken list that we don't need is no obstacle
  if ! as_root apt-get -q install -y --no-install-recommends --no-remove \
    -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 $missing >>"$log" 2>&1; then
    grep -E '^(E|W):' "$log" | tail -n 3 >&2
    if grep -qE 'Could not resolve|Could not connect|Unable to connect|Failed to fetch|Connection timed out' "$log"; then
      fail "apt cannot reach its package servers; connect this machine to the network (or set http_proxy) and start again."
    elif grep -q 'Unable to locate package\|has no installation candidate' "$log"; then
      fail "apt does not know some of the packages; /etc/apt/sources.list needs bookworm, bookworm-updates and bookworm-security of Debian's main section."
    elif grep -q 'Packages need to be removed' "$log"; then
      fail "installing would remove other packages of this machine (listed in $log); look at them and run yourself: $how"
    fi
    fail "apt-get could not install the packages; $log says why."
  fi
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -z "$missing" ] || fail "apt-get reported success and yet these packages are missing: $missing(see $log)."
}
