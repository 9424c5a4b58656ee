#include "http/options.h"

#include <fmt/format.h>

#include "http/networks.h"

namespace jinyue {
namespace {

/// Members that the JSON has replace those of value; the others stay.
template <class T>
bool readOver(JsonReader& in, simdjson::ondemand::value& json, T& value) {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  return json_detail::forEachMember(in, json, [&](std::string_view key, simdjson::ondemand::value& item) {
    bool found = false;
    bool read = true;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      if (found || key != member.name) return;
      found = true;
      read = readJson(in, item, value.*member.pointer);
    });
    return found ? read : in.fail("json.unknown", {"没有这个字段", "there is no such member"});
  });
}

template <class T>
void writeAll(std::string& out, const T& value) {
  out += '{';
  json_detail::writeMembers(out, value, true);
  out += '}';
}

}  // namespace

void JsonCodec<http::Limits>::write(std::string& out, const http::Limits& value) { writeAll(out, value); }
bool JsonCodec<http::Limits>::read(JsonReader& in, simdjson::ondemand::value json, http::Limits& value) {
  return readOver(in, json, value);
}
void JsonCodec<http::ServerOptions>::write(std::string& out, const http::ServerOptions& value) {
  writeAll(out, value);
}
bool JsonCodec<http::ServerOptions>::read(JsonReader& in, simdjson::ondemand::value json,
                                          http::ServerOptions& value) {
  return readOver(in, json, value);
}

}  // namespace jinyue

namespace jinyue::http {

Result<ServerOptions> readServerOptions(std::string_view json_text) {
  auto options = fromJson<ServerOptions>(json_text);
  if (!options) return options;
  if (auto checked = check(*options); !checked) return std::unexpected(std::move(checked).error());
  return options;
}

Result<void> check(const ServerOptions& options) {
  Problem all{ProblemKind::invalid,
              "server.bad-options",
              {"服务器配置有误", "the server's configuration is wrong"},
              {},
              {},
              {}};
  const auto fail = [&](std::string where, Text title) {
    all.causes.push_back(
        {ProblemKind::invalid, "server.bad-option", std::move(title), std::move(where), {}, {}});
  };
  if (!addressFrom(options.address)) fail("/address", {"不是 IP 地址", "not an IP address"});
  if (options.workers == 0 || options.workers > 1024)
    fail("/workers", {"应在 1 到 1024 之间", "must be 1 to 1024"});
  for (std::size_t i = 0; i < options.trusted_proxies.size(); ++i) {
    if (!Networks::from(std::span{&options.trusted_proxies[i], 1})) {
      fail(fmt::format("/trusted_proxies/{}", i), {"不是网段", "not a network such as 10.0.0.0/8"});
    }
  }
  if (options.tls && (options.tls->certificate.empty() || options.tls->key.empty())) {
    fail("/tls", {"证书和密钥必须同时给出", "certificate and key must both be given"});
  }
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::ranges::any_of(options.content_security_policy, is_odd)) {
    fail("/content_security_policy", {"不得含控制字符", "must not hold control characters"});
  }
  if (std::ranges::any_of(options.referrer_policy, is_odd)) {
    fail("/referrer_policy", {"不得含控制字符", "must not hold control characters"});
  }
  using Members = boost::describe::describe_members<Limits, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    const auto value = options.limits.*member.pointer;
    const bool may_be_zero = std::string_view{member.name} == "requests_per_second";
    if (value < 0 || (value == 0 && !may_be_zero)) {
      fail(fmt::format("/limits/{}", member.name), {"必须大于零", "must be above zero"});
    }
  });
  if (all.causes.empty()) return {};
  return std::unexpected(std::move(all));
}

}  // namespace jinyue::http
