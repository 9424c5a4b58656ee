// How a handler answers: at once or later, from any thread, once.
#pragma once

#include <atomic>

#include "http/message.h"

namespace jinyue::http {

/// Copies answer the same request; the first answer counts. When the last copy is gone without an answer (a
/// handler forgot, or an exception took it along) the client gets 500. Converts to
/// std::function<void(Response)>.
class Reply {
 public:
  /// request: for the language and the id of that 500; must live as long as the sink.
  explicit Reply(std::function<void(Response)> sink, const Request* request = nullptr)
      : state_(std::make_shared<State>(std::move(sink), request)) {}

  void operator()(Response response) const { state_->answer(std::move(response)); }

 private:
  struct State {
    State(std::function<void(Response)> to, const Request* of) : sink(std::move(to)), request(of) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();
    void answer(Response response);
    std::function<void(Response)> sink;
    const Request* request;
    std::atomic<bool> answered = false;
  };
  std::shared_ptr<State> state_;
};

/// The request lives until the reply has been called and the last copy of the reply is gone.
using Handler = std::function<void(const Request&, Reply)>;

/// A handler for an answer that is there when the function returns. What it throws becomes 500.
Handler answering(std::function<Response(const Request&)> answer);

}  // namespace jinyue::http
