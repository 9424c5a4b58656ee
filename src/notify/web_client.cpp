#include "notify/web_client.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace jinyue::notify {
namespace {

struct Free {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Free>;
using List = std::unique_ptr<curl_slist, Free>;

void startLibrary() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl could not start");
}

template <class T>
void set(const Handle& handle, CURLoption option, T value) {
  if (const CURLcode code = curl_easy_setopt(handle.get(), option, value); code != CURLE_OK)
    throw std::runtime_error(std::string{"libcurl: "} + curl_easy_strerror(code));
}

List listOf(const std::vector<std::string>& lines) {
  List list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

struct Body {
  std::string text;
  std::size_t limit;
};

std::size_t keep(const char* data, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<Body*>(to);
  const std::size_t bytes = size * count;
  if (body.text.size() + bytes > body.limit) return 0;
  body.text.append(data, bytes);
  return bytes;
}

std::size_t give(char* data, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const std::size_t bytes = rest.copy(data, size * count);
  rest.remove_prefix(bytes);
  return bytes;
}

struct Network {
  std::array<std::uint8_t, 16> address;
  unsigned bits;
};

/// What RFC 6890 and its registries do not call globally reachable; IPv4 as ::ffff:a.b.c.d.
constexpr std::uint8_t v4 = 0xFF;
constexpr Network ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, unsigned bits) {
  return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, v4, v4, a, b, c, 0}, 96 + bits};
}
constexpr std::array not_public{
    ipv4(0, 0, 0, 8),      ipv4(10, 0, 0, 8),     ipv4(100, 64, 0, 10), ipv4(127, 0, 0, 8),
    ipv4(169, 254, 0, 16), ipv4(172, 16, 0, 12),  ipv4(192, 0, 0, 24),  ipv4(192, 0, 2, 24),
    ipv4(192, 88, 99, 24), ipv4(192, 168, 0, 16), ipv4(198, 18, 0, 15), ipv4(198, 51, 100, 24),
    ipv4(203, 0, 113, 24), ipv4(224, 0, 0, 3),
};

/// IPv6 in use is 2000::/3; in it 2001::/23 (protocols), 2001:db8::/32 (documentation) and 2002::/16 (IPv4
/// inside) are no address of a server.
bool isPublicV6(const std::array<std::uint8_t, 16>& a) {
  if ((a[0] & 0xE0U) != 0x20) return false;
  if (a[0] == 0x20 && a[1] == 0x02) return false;
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2) return false;
  return !(a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8);
}

bool isIn(const std::array<std::uint8_t, 16>& address, const Network& network) {
  for (unsigned bit = 0; bit < network.bits; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    if (((address[bit / 8] ^ network.address[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

bool isPublic(const std::array<std::uint8_t, 16>& address) {
  constexpr Network mapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, v4, v4}, 96};
  if (!isIn(address, mapped)) return isPublicV6(address);
  return std::ranges::none_of(not_public, [&](const Network& each) { return isIn(address, each); });
}

std::array<std::uint8_t, 16> bytesOf(const sockaddr& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (address.sa_family == AF_INET) {
    bytes[10] = bytes[11] = v4;
    const auto& in4 = reinterpret_cast<const sockaddr_in&>(address);
    std::copy_n(reinterpret_cast<const std::uint8_t*>(&in4.sin_addr), 4, bytes.begin() + 12);
  } else if (address.sa_family == AF_INET6) {
    const auto& in6 = reinterpret_cast<const sockaddr_in6&>(address);
    std::copy_n(in6.sin6_addr.s6_addr, 16, bytes.begin());
  }
  return bytes;
}

/// libcurl asks here for a socket once it knows the address, so a name that leads to an internal address is
/// stopped too.
curl_socket_t openPublic(void*, curlsocktype, curl_sockaddr* address) {
  if (!isPublic(bytesOf(address->addr))) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace

struct WebClient::Pool {
  WebLimits limits;
  std::mutex mutex;
  std::vector<Handle> idle;

  Handle take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        Handle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    Handle handle(curl_easy_init());
    if (!handle) throw std::runtime_error("libcurl has no handle");
    return handle;
  }

  void put(Handle handle) {
    curl_easy_reset(handle.get());  // its connections stay
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(handle));
  }

  WebAnswer perform(const Handle& handle, const char* protocols) {
    std::array<char, CURL_ERROR_SIZE> reason{};
    Body body{{}, limits.answer_bytes};
    set(handle, CURLOPT_PROTOCOLS_STR, protocols);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
    set(handle, CURLOPT_WRITEFUNCTION, keep);
    set(handle, CURLOPT_WRITEDATA, &body);
    set(handle, CURLOPT_ERRORBUFFER, reason.data());
    set(handle, CURLOPT_PROXY, "");  // no proxy by an accident of the environment
    // The folder of the machine's certificates stays; only its file is put out of place.
    if (!limits.trusted_certificates.empty())
      set(handle, CURLOPT_CAINFO, limits.trusted_certificates.c_str());
    if (limits.public_addresses_only) set(handle, CURLOPT_OPENSOCKETFUNCTION, openPublic);
    const CURLcode code = curl_easy_perform(handle.get());
    WebAnswer answer;
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    curl_off_t wait = 0;
    if (curl_easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
      answer.retry_after = std::chrono::seconds{std::min<curl_off_t>(wait, 86'400)};
    if (code != CURLE_OK) answer.fault = reason[0] == '\0' ? curl_easy_strerror(code) : reason.data();
    answer.body = std::move(body.text);
    return answer;
  }
};

WebClient::WebClient(const WebLimits& limits) : pool_(std::make_unique<Pool>()) {
  startLibrary();
  pool_->limits = limits;
}

WebClient::~WebClient() = default;

WebAnswer WebClient::get(const std::string& url) {
  Handle handle = pool_->take();
  set(handle, CURLOPT_URL, url.c_str());
  set(handle, CURLOPT_USERAGENT, "Jinyue");
  WebAnswer answer = pool_->perform(handle, "http,https");
  pool_->put(std::move(handle));
  return answer;
}

WebAnswer WebClient::post(const WebRequest& request) {
  Handle handle = pool_->take();
  std::vector<std::string> lines = request.headers;
  lines.emplace_back("Expect:");  // no waiting for 100 Continue
  const List headers = listOf(lines);
  set(handle, CURLOPT_URL, request.url.c_str());
  set(handle, CURLOPT_USERAGENT, "Jinyue");
  set(handle, CURLOPT_HTTPHEADER, headers.get());
  set(handle, CURLOPT_POST, 1L);
  set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  set(handle, CURLOPT_POSTFIELDS, request.body.data());
  WebAnswer answer = pool_->perform(handle, "http,https");
  pool_->put(std::move(handle));
  return answer;
}

WebAnswer WebClient::mail(const MailEnvelope& envelope) {
  Handle handle = pool_->take();
  const List to = listOf({"<" + envelope.to + ">"});
  std::string_view rest = envelope.message;
  const std::string from = "<" + envelope.from + ">";
  set(handle, CURLOPT_URL, envelope.url.c_str());
  set(handle, CURLOPT_MAIL_FROM, from.c_str());
  set(handle, CURLOPT_MAIL_RCPT, to.get());
  if (!envelope.user.empty()) {
    set(handle, CURLOPT_USERNAME, envelope.user.c_str());
    set(handle, CURLOPT_PASSWORD, envelope.password.c_str());
  }
  set(handle, CURLOPT_USE_SSL, static_cast<long>(envelope.plain_text ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set(handle, CURLOPT_UPLOAD, 1L);
  set(handle, CURLOPT_READFUNCTION, give);
  set(handle, CURLOPT_READDATA, &rest);
  WebAnswer answer = pool_->perform(handle, "smtp,smtps");
  pool_->put(std::move(handle));
  return answer;
}

bool isPublicAddress(const std::string& address) {
  sockaddr_in in4{};
  sockaddr_in6 in6{};
  if (::inet_pton(AF_INET, address.c_str(), &in4.sin_addr) == 1) {
    in4.sin_family = AF_INET;
    return isPublic(bytesOf(reinterpret_cast<const sockaddr&>(in4)));
  }
  if (::inet_pton(AF_INET6, address.c_str(), &in6.sin6_addr) != 1) return false;
  in6.sin6_family = AF_INET6;
  return isPublic(bytesOf(reinterpret_cast<const sockaddr&>(in6)));
}

}  // namespace jinyue::notify
