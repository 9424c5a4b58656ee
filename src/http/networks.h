// Addresses and networks: which peers are trusted to say whose request they pass on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::http {

/// IPv6, with IPv4 as ::ffff:a.b.c.d.
using AddressBytes = std::array<std::uint8_t, 16>;

std::optional<AddressBytes> addressFrom(std::string_view text);
std::string toString(const AddressBytes& address);

class Networks {
 public:
  /// "10.0.0.0/8", "192.0.2.7", "2001:db8::/32"; nothing when one does not parse.
  static std::optional<Networks> from(std::span<const std::string> texts);
  bool contain(const AddressBytes& address) const;
  bool empty() const { return networks_.empty(); }

 private:
  struct Network {
    AddressBytes address;
    unsigned bits;
  };
  std::vector<Network> networks_;
};

/// The client behind a chain of trusted proxies: the rightmost address of X-Forwarded-For that is not
/// trusted. What is left of it was written by strangers. The peer itself when nothing there is an address.
AddressBytes clientBehind(const Networks& trusted, const AddressBytes& peer, std::string_view forwarded_for);

}  // namespace jinyue::http
