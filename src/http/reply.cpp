#include "http/reply.h"

#include "http/problem_document.h"

namespace jinyue::http {

void Reply::State::answer(Response response) {
  if (answered.exchange(true)) return;
  sink(std::move(response));
  sink = nullptr;  // it holds the request, and the copies of this reply may live on for long
}

Reply::State::~State() {
  if (answered) return;
  sink(request ? problem(problemOf(500), *request, 500) : problem(problemOf(500), Language::zh, {}, 500));
}

Handler answering(std::function<Response(const Request&)> answer) {
  return [answer = std::move(answer)](const Request& request, const Reply& reply) { reply(answer(request)); };
}

}  // namespace jinyue::http
