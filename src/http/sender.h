// The answering side of a connection: texts, files, long bodies in pieces, event streams.
#pragma once

#include <cerrno>

#include <fmt/format.h>
#include <unistd.h>

#include "http/channel.h"
#include "http/problem_document.h"
#include "http/response_head.h"

namespace jinyue::http {

template <class Stream>
class Sender : public Channel<Stream>, public std::enable_shared_from_this<Sender<Stream>> {
 public:
  using Channel<Stream>::Channel;

 protected:
  /// Writes the answer and notes it; false when the connection can't be used any more.
  asio::awaitable<bool> send(Exchange& exchange, const Route* route, bool close, bool http10,
                             std::string_view refused = {}, std::string_view refused_method = {}) {
    const Request& request = exchange.request;
    Response& response = *exchange.response;
    const bool bodiless = request.method == Method::head || response.status == 204 || response.status == 304;
    HeadFacts facts{
        .core = core_, .close = close, .http10 = http10, .secure = request.secure, .request_id = request.id};
    std::uint64_t body_bytes = 0;
    bool whole = false;
    if (const auto* stream = std::get_if<EventStream>(&response.body); stream && !bodiless) {
      co_await sendEvents(exchange, *stream, http10);
    } else if (const auto* pieces = std::get_if<Pieces>(&response.body); pieces && !bodiless) {
      facts.chunked = !http10;
      facts.close = close || http10;
      whole = co_await sendPieces(response, *pieces, facts, body_bytes) && !facts.close;
    } else if (const auto* file = std::get_if<OpenFile>(&response.body); file && !bodiless) {
      facts.length = body_bytes = file->size;
      whole = co_await sendFile(response, *file, facts);
    } else {
      const std::string_view text = response.text();
      if (response.status != 204 && response.status != 304) facts.length = lengthOf(response);
      startOut();
      writeHead(out_, response, facts);
      if (!bodiless) body_bytes = text.size();
      if (bodiless || text.empty()) {
        whole = co_await this->write(out_);
      } else if (text.size() <= joined_bytes) {
        out_ += text;
        whole = co_await this->write(out_);
      } else {
        whole = co_await this->write(out_, text.substr(0, piece_bytes)) &&
                co_await this->writeLong(text.substr(std::min(text.size(), piece_bytes)));
      }
    }
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_);
    const bool is_stream = std::holds_alternative<EventStream>(response.body);
    core_.note({.time = request.received,
                .request_id = request.id,
                .remote_address = request.remote_address,
                .method = refused.empty() ? toString(request.method) : refused_method,
                .path = request.path,
                .route = route ? std::string_view{route->path} : std::string_view{},
                .status = response.status,
                .bytes_in = request.body.size(),
                .bytes_out = body_bytes,
                .took = took,
                .slow = !is_stream && took > ms(this->limits().slow_ms),
                .refused = refused},
               route);
    co_return whole;
  }

  /// Whether a read is under way that tells of the client's end.
  bool watchesPeer() const { return watches_; }
  bool isPeerGone() const { return peer_gone_; }

  using Channel<Stream>::core_;
  SteadyTime started_;    ///< of the request that is being answered
  std::string rate_key_;  ///< of its client

 private:
  using Channel<Stream>::stream_;
  using Channel<Stream>::expired_;
  using Channel<Stream>::piece_bytes;
  /// A body up to this goes out with its header in one packet or few.
  static constexpr std::size_t joined_bytes = 16u << 10;

  /// What a GET would say of its length; nothing when only the whole body would tell.
  static std::optional<std::uint64_t> lengthOf(const Response& response) {
    if (const auto* file = std::get_if<OpenFile>(&response.body)) return file->size;
    if (std::holds_alternative<Pieces>(response.body) || std::holds_alternative<EventStream>(response.body))
      return std::nullopt;
    return response.text().size();
  }

  void startOut() {
    if (out_.capacity() > joined_bytes * 4) std::string{}.swap(out_);
    out_.clear();
  }

  asio::awaitable<bool> sendFile(const Response& response, const OpenFile& file, const HeadFacts& facts) {
    startOut();
    writeHead(out_, response, facts);
    std::string piece(std::min<std::uint64_t>(piece_bytes, std::max<std::uint64_t>(file.size, 1)), '\0');
    std::uint64_t at = 0;
    do {
      const std::size_t wanted = std::min<std::uint64_t>(piece.size(), file.size - at);
      ssize_t n = 0;
      do n = ::pread(*file.descriptor, piece.data(), wanted, static_cast<off_t>(at));
      while (n < 0 && errno == EINTR);
      if (n < 0 ||
          (n == 0 && wanted > 0)) {  // the file has become shorter: the promised length can't be kept
        this->kill();
        co_return false;
      }
      const bool written =
          co_await this->write(out_, std::string_view{piece}.substr(0, static_cast<std::size_t>(n)));
      if (!written) co_return false;
      out_.clear();
      at += static_cast<std::uint64_t>(n);
    } while (at < file.size);
    co_return true;
  }

  static void appendChunk(std::string& out, std::string_view bytes, bool chunked) {
    if (chunked) fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes.size());
    out += bytes;
    if (chunked) out += "\r\n";
  }

  asio::awaitable<bool> sendPieces(const Response& response, const Pieces& given, const HeadFacts& facts,
                                   std::uint64_t& sent) {
    startOut();
    writeHead(out_, response, facts);
    struct Next {
      std::optional<std::string> piece;
      bool ready = false, failed = false;
      AnyConnection* waiting = nullptr;
    };
    const auto pieces = std::make_shared<const Pieces>(given);  // one for all jobs: it knows where it is
    for (;;) {
      const auto next = std::make_shared<Next>();
      next->waiting = this;
      auto job = [next, &core = core_, box = core_.mailbox, pieces] {
        std::optional<std::string> piece;
        bool failed = false;
        try {
          piece = (*pieces)();
        } catch (const std::exception& error) {
          failed = true;
          if (core.parts.log.fault) core.parts.log.fault({}, error.what());
        }
        box->send([next, failed, piece = std::move(piece)]() mutable {
          next->piece = std::move(piece);
          next->failed = failed;
          next->ready = true;
          if (next->waiting) next->waiting->wake();
        });
      };
      this->begin(Phase::handling, this->limits().handler_ms);
      if (!core_.workers->submit(std::move(job))) {
        // The client has its status already, so this answer waits for a place like a request that is not
        // there yet.
        this->begin(Phase::handling, 50);
        co_await this->waitFor([] { return false; });
        if (this->killed) co_return false;
        continue;
      }
      co_await this->waitFor([&] { return next->ready; });
      next->waiting = nullptr;
      if (this->killed || !next->ready || next->failed) {
        this->kill();
        co_return false;
      }
      if (!next->piece) break;
      if (next->piece->empty()) continue;
      appendChunk(out_, *next->piece, facts.chunked);
      sent += next->piece->size();
      if (!co_await this->writeLong(out_)) co_return false;
      out_.clear();
    }
    if (facts.chunked) out_ += "0\r\n\r\n";
    co_return out_.empty() || co_await this->write(out_);
  }

  asio::awaitable<void> sendEvents(Exchange& exchange, const EventStream& stream, bool http10) {
    const std::string key = rate_key_;
    const auto admission = core_.admitStream(key);
    if (admission != Server::Core::Admission::yes) {
      const int status = admission == Server::Core::Admission::server_full ? 503 : 429;
      core_.refused(problemOf(status).code);
      exchange.response = problem(problemOf(status), exchange.request, status);
      startOut();
      writeHead(out_, *exchange.response,
                {.core = core_,
                 .close = true,
                 .length = exchange.response->text().size(),
                 .request_id = exchange.request.id});
      out_ += exchange.response->text();
      co_await this->write(out_);
      co_return;
    }
    struct Leave {
      Server::Core& core;
      const std::string& key;
      ~Leave() { core.leaveStream(key); }
    } const leave{core_, key};
    co_await streamEvents(exchange, stream, !http10);
  }

  asio::awaitable<void> streamEvents(Exchange& exchange, const EventStream& stream, bool chunked) {
    const std::weak_ptr<Sender> weak = this->weak_from_this();
    auto wake_up = [weak, box = core_.mailbox] {
      box->send([weak] {
        if (const auto self = weak.lock()) self->wake();
      });
    };
    const auto last_id = exchange.request.headers.find("Last-Event-ID").value_or("");
    const auto reader = stream.bus->read(stream.topics, last_id, std::move(wake_up));
    startOut();
    writeHead(out_, *exchange.response,
              {.core = core_,
               .close = true,
               .secure = exchange.request.secure,
               .chunked = chunked,
               .request_id = exchange.request.id});
    // The id stands for "nothing missed up to here", also for a client that loses us before the first event.
    std::string text = fmt::format("retry: 2000\nid: {}\n", reader->place());
    text += reader->hasGap() ? "event: reset\ndata: \n\n" : "\n";
    appendChunk(out_, text, chunked);
    if (!co_await this->write(out_)) co_return;

    watchPeer();
    SteadyTime heartbeat = std::chrono::steady_clock::now() + ms(this->limits().heartbeat_ms);
    SteadyTime question = heartbeat;  // also asked when events leave no room for a heartbeat
    for (;;) {
      if (peer_gone_ || this->killed) co_return;
      const auto batch = reader->take(piece_bytes);
      if (batch.lagged) {
        core_.refused("stream.too-slow");
        co_return this->kill();
      }
      text.clear();
      for (const auto& event : batch.events) text += event->wire;
      const SteadyTime now = std::chrono::steady_clock::now();
      if (now >= question) {
        if (stream.still_allowed && !stream.still_allowed()) break;
        question = now + ms(this->limits().heartbeat_ms);
      }
      if (now >= heartbeat && text.empty()) text = ":\n\n";
      if (!text.empty()) {
        heartbeat = now + ms(this->limits().heartbeat_ms);
        out_.clear();
        appendChunk(out_, text, chunked);
        if (!co_await this->write(out_)) co_return;
        continue;
      }
      if (core_.draining) break;  // all that was published before the stop has gone out
      this->phase = Phase::streaming;
      expired_ = false;
      this->deadline = std::min(heartbeat, question);
      co_await this->pause();
    }
    if (chunked) co_await this->write("0\r\n\r\n");
  }

  /// Notices that the client of a stream has gone, or talks where it should listen.
  void watchPeer() {
    stream_.async_read_some(asio::buffer(heard_),
                            [self = this->shared_from_this()](const ErrorCode&, std::size_t) {
                              self->peer_gone_ = true;
                              self->wake();
                            });
    watches_ = true;
  }

  std::string out_;
  std::array<char, 64> heard_{};
  bool peer_gone_ = false;
  bool watches_ = false;
};

}  // namespace jinyue::http
