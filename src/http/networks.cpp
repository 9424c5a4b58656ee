#include "http/networks.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include "http/headers.h"

namespace jinyue::http {
namespace {

constexpr AddressBytes v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};

bool isV4(const AddressBytes& address) {
  return std::equal(address.begin(), address.begin() + 12, v4_prefix.begin());
}

}  // namespace

std::optional<AddressBytes> addressFrom(std::string_view text) {
  const std::string copy{text};
  AddressBytes address = v4_prefix;
  if (inet_pton(AF_INET, copy.c_str(), address.data() + 12) == 1) return address;
  if (inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string toString(const AddressBytes& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (isV4(address)) inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
  else inet_ntop(AF_INET6, address.data(), text, sizeof text);
  return text;
}

std::optional<Networks> Networks::from(std::span<const std::string> texts) {
  Networks networks;
  for (const std::string_view text : texts) {
    const auto slash = text.find('/');
    const auto address = addressFrom(text.substr(0, slash));
    if (!address) return std::nullopt;
    unsigned bits = 128;
    if (slash != std::string_view::npos) {
      const std::string_view number = text.substr(slash + 1);
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
      if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
      const bool v4 = isV4(*address) && text.find(':') == std::string_view::npos;
      if (bits > (v4 ? 32u : 128u)) return std::nullopt;
      if (v4) bits += 96;
    }
    networks.networks_.push_back({*address, bits});
  }
  return networks;
}

bool Networks::contain(const AddressBytes& address) const {
  return std::ranges::any_of(networks_, [&](const Network& network) {
    const unsigned whole = network.bits / 8;
    if (!std::equal(address.begin(), address.begin() + whole, network.address.begin())) return false;
    const unsigned rest = network.bits % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xFF << (8 - rest));
    return ((address[whole] ^ network.address[whole]) & mask) == 0;
  });
}

AddressBytes clientBehind(const Networks& trusted, const AddressBytes& peer, std::string_view forwarded_for) {
  AddressBytes client = peer;
  while (trusted.contain(client) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto next = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
    const auto address = addressFrom(withoutBlanks(next));
    if (!address) break;
    client = *address;
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace jinyue::http
