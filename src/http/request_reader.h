// Bytes to requests, without any I/O: whoever reads a socket puts the bytes in and asks what there is. Strict
// where two programs on the way could understand a message differently (RFC 9112 §11.2).
#pragma once

#include <span>

#include "http/options.h"
#include "http/problem_document.h"

namespace jinyue::http {

class RequestReader {
 public:
  enum class State {
    idle,        ///< between two requests, nothing has come
    needs_head,  ///< a header has begun
    head,        ///< the header is there: look at request(), then call readBody or take
    needs_body,  ///< the body has begun
    complete,    ///< take() it
    broken,      ///< problem() says why; the connection can't be used further
  };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Room for the next bytes; call commit with how many came.
  std::span<char> room();
  void commit(std::size_t bytes) { end_ += bytes; }
  /// Goes on as far as the bytes allow.
  State advance();

  /// After head: reads the body, up to so many bytes.
  void readBody(std::size_t max_bytes);
  /// What is known so far; remote_address and what depends on the peer is not filled in here.
  Request& request() { return request_; }
  /// The method as it came; also of methods that are not ours.
  const std::string& methodName() const { return method_name_; }
  /// Whether the header announces a body, and whether the client waits for 100 Continue before it sends it.
  bool hasBody() const;
  bool expectsContinue() const { return expects_continue_; }
  /// Whether the client and the version allow another request after this one.
  bool keepsAlive() const;
  bool isHttp10() const { return http10_; }
  std::size_t bodyBytes() const { return request_.body.size(); }
  /// The request; afterwards the reader is at the next one.
  Request take();
  /// No further bytes of this request will be read: for an answer given before the body.
  void giveUp() { state_ = State::broken; }

  const ProtocolProblem& problem() const { return problem_; }

 private:
  class Parser;
  State fail(int status);
  State fail(ProtocolProblem problem);
  State readHead();
  State advanceBody();
  bool finishHead();
  std::optional<std::string> oddityOfHead(std::string_view head) const;

  const Limits& limits_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;
  State state_ = State::idle;
  std::unique_ptr<Parser> parser_;
  Request request_;
  std::string method_name_;
  bool expects_continue_ = false;
  bool http10_ = false;
  ProtocolProblem problem_;
};

}  // namespace jinyue::http
