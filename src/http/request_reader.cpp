#include "http/request_reader.h"

#include <cstring>

// clang-format off: the settings come first
#include "http/boost_settings.h"
// clang-format on
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "http/url.h"

namespace jinyue::http {
namespace {

namespace beast = boost::beast::http;

constexpr std::size_t first_room = 2048;
constexpr std::size_t body_room = 64u << 10;
/// A chunk's line with its extensions, or the trailer: more than this nobody needs.
constexpr std::size_t chunk_line_bytes = 4096;

ProtocolProblem malformed(std::string code, Text title) {
  return {400, {ProblemKind::invalid, std::move(code), std::move(title), {}, {}, {}}};
}

/// The authority of a Host field: letters, digits and what addresses and ports are written with.
bool isHost(std::string_view host) {
  return std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{".-_:[]%~"}.find(c) != std::string_view::npos;
  });
}

}  // namespace

/// Beast's parser with our own sinks: the fields go straight into the request, trailers nowhere.
class RequestReader::Parser : public beast::basic_parser<true> {
 public:
  explicit Parser(RequestReader& reader) : reader_(reader) {
    header_limit(
        static_cast<std::uint32_t>(std::min<std::size_t>(reader.limits_.header_bytes + 1024, 1u << 30)));
    body_limit(boost::none);
  }

  std::string target;
  unsigned version = 0;
  std::size_t content_lengths = 0;
  bool too_many_fields = false;
  bool too_long = false;
  std::size_t max_body = 0;

 private:
  using Text = boost::beast::string_view;
  using Error = boost::beast::error_code;
  static std::string_view view(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(beast::verb, Text method, Text url, int number, Error& ec) override {
    ec = {};
    reader_.method_name_ = view(method);
    target = view(url);
    version = static_cast<unsigned>(number);
  }
  void on_response_impl(int, Text, int, Error& ec) override { ec = beast::error::bad_version; }
  void on_field_impl(beast::field name, Text text, Text value, Error& ec) override {
    ec = {};
    if (in_body_) return;  // a trailer must not look like a field that a proxy has checked
    if (reader_.request_.headers.size() == reader_.limits_.header_fields) {
      too_many_fields = true;
      ec = beast::error::header_limit;
      return;
    }
    if (name == beast::field::content_length) ++content_lengths;
    reader_.request_.headers.append(view(text), view(value));
  }
  void on_header_impl(Error& ec) override {
    ec = {};
    in_body_ = true;
  }
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Error& ec) override { ec = {}; }
  std::size_t on_body_impl(Text body, Error& ec) override {
    ec = {};
    if (reader_.request_.body.size() + body.size() > max_body) {
      too_long = true;
      ec = beast::error::body_limit;
      return 0;
    }
    reader_.request_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t size, Text, Error& ec) override {
    ec = {};
    if (size > max_body - std::min(max_body, reader_.request_.body.size())) {
      too_long = true;
      ec = beast::error::body_limit;
    }
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& ec) override {
    return on_body_impl(body, ec);
  }
  void on_finish_impl(Error& ec) override { ec = {}; }

  RequestReader& reader_;
  bool in_body_ = false;
};

RequestReader::RequestReader(const Limits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() {
  if (begin_ == end_) {
    begin_ = end_ = scanned_ = 0;
    if (buffer_.size() > body_room && state_ == State::idle) {
      buffer_.clear();
      buffer_.shrink_to_fit();
    }
  }
  const std::size_t least = state_ == State::needs_body ? body_room / 2 : first_room / 2;
  if (buffer_.size() - end_ < least) {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      scanned_ -= std::min(scanned_, begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (buffer_.size() - end_ < least) {
      buffer_.resize(std::max({buffer_.size() * 2, first_room, state_ == State::needs_body ? body_room : 0}));
    }
  }
  return {buffer_.data() + end_, buffer_.size() - end_};
}

RequestReader::State RequestReader::fail(ProtocolProblem problem) {
  problem_ = std::move(problem);
  return state_ = State::broken;
}

RequestReader::State RequestReader::fail(int status) { return fail({status, problemOf(status)}); }

RequestReader::State RequestReader::advance() {
  switch (state_) {
    case State::idle:
    case State::needs_head: return readHead();
    case State::needs_body: return advanceBody();
    case State::head:
    case State::complete:
    case State::broken: break;
  }
  return state_;
}

std::optional<std::string> RequestReader::oddityOfHead(std::string_view head) const {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto c = static_cast<unsigned char>(head[i]);
    if (c >= 0x20 && c != 0x7F) continue;
    if (c == '\t') continue;
    if (c != '\r' || i + 1 == head.size() || head[i + 1] != '\n') return "request.bad-line";
    ++i;
    if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return "request.folded-header";
  }
  return std::nullopt;
}

RequestReader::State RequestReader::readHead() {
  // One empty line before a request is let pass, as RFC 9112 §2.2 asks.
  if (state_ == State::idle && end_ - begin_ >= 2 && std::memcmp(buffer_.data() + begin_, "\r\n", 2) == 0)
    begin_ += 2;
  const std::string_view bytes{buffer_.data() + begin_, end_ - begin_};
  if (bytes.empty() || (state_ == State::idle && bytes == "\r")) return state_;
  state_ = State::needs_head;
  scanned_ = std::max(scanned_, begin_);
  const std::size_t from = scanned_ - begin_ > 3 ? scanned_ - begin_ - 3 : 0;
  const auto end = bytes.find("\r\n\r\n", from);
  scanned_ = end_;
  const std::string_view head = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 4);
  const auto line = head.find("\r\n");
  if (std::min(line, head.size()) > limits_.url_bytes + 64) return fail(414);
  if (head.size() > limits_.header_bytes) return fail(431);
  if (end == std::string_view::npos) {
    // What can't become a request is refused at once, not after a time-out: binary noise, TLS to a plain
    // port.
    const auto first = static_cast<unsigned char>(bytes.front());
    if (first < 'A' || first > 'z') return fail(400);
    return state_;
  }
  if (const auto oddity = oddityOfHead(head)) {
    return fail(*oddity == "request.folded-header"
                    ? malformed(*oddity, {"请求头不得折行", "a header field must not be folded over lines"})
                    : malformed(*oddity, {"请求头含有控制字符或不完整的换行",
                                          "the header holds a control character or half a line break"}));
  }
  parser_ = std::make_unique<Parser>(*this);
  boost::beast::error_code ec;
  const auto used = parser_->put(boost::asio::const_buffer(head.data(), head.size()), ec);
  if (parser_->too_many_fields) return fail(431);
  if (ec == beast::error::bad_version)
    return fail(head.substr(0, line).find(" HTTP/") != std::string_view::npos ? 505 : 400);
  if (ec == beast::error::bad_content_length || ec == beast::error::multiple_content_length ||
      ec == beast::error::bad_transfer_encoding) {
    return fail(
        malformed("request.bad-framing",
                  {"请求长度的说明有误或互相矛盾",
                   "the fields that say how long the request is are wrong or contradict each other"}));
  }
  if (ec) return fail(400);
  if (!parser_->is_header_done()) return fail(400);
  begin_ += used;
  if (!finishHead()) return state_;
  return state_ = State::head;
}

bool RequestReader::finishHead() {
  const auto no = [&](ProtocolProblem problem) {
    fail(std::move(problem));
    return false;
  };
  Headers& headers = request_.headers;
  if (parser_->version != 11 && parser_->version != 10) return no({505, problemOf(505)});
  http10_ = parser_->version == 10;
  if (parser_->target.size() > limits_.url_bytes) return no({414, problemOf(414)});
  const Problem framing{ProblemKind::invalid,
                        "request.bad-framing",
                        {"请求长度的说明有误或互相矛盾",
                         "the fields that say how long the request is are wrong or contradict each other"},
                        {},
                        {},
                        {}};
  if (const auto coding = headers.find("Transfer-Encoding")) {
    const bool chunked = headers.count("Transfer-Encoding") == 1 && equalsIgnoringCase(*coding, "chunked");
    if (http10_ || headers.has("Content-Length")) return no({400, framing});
    if (!chunked) return no({501, problemOf(501)});
  }
  if (parser_->content_lengths > 1) return no({400, framing});
  if (const auto length = headers.find("Content-Length")) {
    if (length->empty() || !std::ranges::all_of(*length, [](char c) { return c >= '0' && c <= '9'; }))
      return no({400, framing});
  }
  const auto hosts = headers.count("Host");
  if (hosts > 1 || (hosts == 0 && !http10_) || !isHost(headers.find("Host").value_or(""))) {
    return no(malformed("request.bad-host",
                        {"Host 头缺失、重复或不正确", "the Host field is missing, repeated or malformed"}));
  }
  if (const auto expect = headers.find("Expect"); expect && !http10_) {
    if (!equalsIgnoringCase(*expect, "100-continue")) return no({417, problemOf(417)});
    expects_continue_ = true;
  }
  const auto method = methodFrom(method_name_);
  if (!method) return no({501, problemOf(501)});
  request_.method = *method;
  request_.target = std::move(parser_->target);
  if (request_.target == "*" && *method != Method::options) return no({400, problemOf(400)});
  auto url = parseTarget(request_.target, {limits_.path_segments, limits_.query_fields});
  if (!url) return no({400, std::move(url).error()});
  request_.path = std::move(url->path);
  request_.segments = std::move(url->segments);
  request_.query = std::move(url->query);
  return true;
}

bool RequestReader::hasBody() const { return parser_ && !parser_->is_done(); }

bool RequestReader::keepsAlive() const { return state_ != State::broken && parser_ && parser_->keep_alive(); }

void RequestReader::readBody(std::size_t max_bytes) {
  parser_->max_body = max_bytes;
  const auto length = parser_->content_length();
  if (length && *length > max_bytes) {
    fail(413);
    return;
  }
  // What is announced is not believed beyond a little: memory goes to what has come.
  if (length) request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, body_room)));
  state_ = parser_->is_done() ? State::complete : State::needs_body;
}

RequestReader::State RequestReader::advanceBody() {
  while (begin_ < end_) {
    boost::beast::error_code ec;
    const auto used = parser_->put(boost::asio::const_buffer(buffer_.data() + begin_, end_ - begin_), ec);
    begin_ += used;
    if (ec == beast::error::need_more) {
      return end_ - begin_ > chunk_line_bytes ? fail(431) : state_;
    }
    if (parser_->too_long || ec == beast::error::body_limit) return fail(413);
    if (ec) {
      return fail(malformed("request.bad-framing", {"分块编码不正确", "the chunked coding is broken"}));
    }
    if (parser_->is_done()) return state_ = State::complete;
    if (used == 0) return fail(400);
  }
  return state_;
}

Request RequestReader::take() {
  Request request = std::move(request_);
  request_ = Request{};
  method_name_.clear();
  parser_.reset();
  expects_continue_ = false;
  http10_ = false;
  scanned_ = begin_;
  state_ = State::idle;
  return request;
}

}  // namespace jinyue::http
