// How an endpoint's types become decoding, encoding and schemas; included by endpoint.h alone.
#pragma once

#include "api/endpoint.h"

namespace jinyue::api {
namespace endpoint_detail {

template <class F>
struct HandlerTraits : HandlerTraits<decltype(&F::operator())> {};
template <class C, class P, class Q, class B, class T>
struct HandlerTraits<Result<Answer<T>> (C::*)(Call&, const In<P, Q, B>&) const> {
  using Path = P;
  using Query = Q;
  using Body = B;
  using Value = T;
  static constexpr bool later = false;
};
template <class C, class P, class Q, class B, class T>
struct HandlerTraits<void (C::*)(Call&, const In<P, Q, B>&, const Done<T>&) const> {
  using Path = P;
  using Query = Q;
  using Body = B;
  using Value = T;
  static constexpr bool later = true;
};

/// The body's media type is one of these, else the problem to answer with.
Result<void> checkMediaType(const http::Request& request, std::span<const std::string> allowed);
std::string_view mediaTypeOfBody(const http::Request& request);
Result<void> checkNoBody(const http::Request& request);
/// U+0000 is in no text that anybody means, and databases don't keep it.
Result<void> checkNoNul(std::string_view json);

template <class B>
Result<B> readBody(const http::Request& request, const Description& description) {
  if constexpr (std::same_as<B, None>) {
    if (auto none = checkNoBody(request); !none) return std::unexpected(std::move(none).error());
    return None{};
  } else if constexpr (std::same_as<B, Upload>) {
    if (auto good = checkMediaType(request, description.takes); !good)
      return std::unexpected(std::move(good).error());
    return Upload{mediaTypeOfBody(request), request.body};
  } else {
    static const std::array<std::string, 1> allowed{"application/json"};
    if (auto good = checkMediaType(request, allowed); !good) return std::unexpected(std::move(good).error());
    if (auto good = checkNoNul(request.body); !good) return std::unexpected(std::move(good).error());
    auto body = fromJson<B>(request.body);
    if (!body) return body;
    std::vector<Problem> found;
    checkLimits(*body, {}, found);
    if (found.empty()) return body;
    if (found.size() == 1) return std::unexpected(std::move(found.front()));
    Problem problem{
        ProblemKind::invalid, "json.invalid", {"内容有误", "the document has several errors"}, {}, {},
        std::move(found)};
    return std::unexpected(std::move(problem));
  }
}

template <class P, class Q, class B>
Result<In<P, Q, B>> readAll(const Call& call, const Description& description) {
  auto path = readPath<P>(call.request);
  if (!path) return std::unexpected(std::move(path).error());
  auto query = readQuery<Q>(call.request.query);
  if (!query) return std::unexpected(std::move(query).error());
  auto body = readBody<B>(call.request, description);
  if (!body) return std::unexpected(std::move(body).error());
  return In<P, Q, B>{std::move(*path), std::move(*query), std::move(*body)};
}

template <class T>
Result<Encoded> encode(Result<Answer<T>> result) {
  if (!result) return std::unexpected(std::move(result).error());
  Encoded encoded;
  encoded.version = result->version;
  encoded.cookies = std::move(result->cookies);
  encoded.location = std::move(result->location);
  encoded.secret = result->secret;
  if constexpr (std::same_as<T, Nothing>) {
    encoded.body = std::string{};
  } else if constexpr (std::same_as<T, Download>) {
    encoded.media_type = std::move(result->value.media_type);
    encoded.file_name = std::move(result->value.file_name);
    encoded.body = std::move(result->value.body);
  } else if constexpr (std::same_as<T, http::EventStream>) {
    encoded.media_type = "text/event-stream";
    encoded.body = std::move(result->value);
  } else {
    encoded.media_type = "application/json";
    encoded.body = toJson(result->value);
  }
  return encoded;
}

/// One item of "parameters".
std::string parameter(std::string_view name, std::string_view in, bool required, const std::string& schema);

template <class P>
std::string parametersOf(SchemaBook& book, std::string_view in) {
  using Members =
      boost::describe::describe_members<P, boost::describe::mod_public | boost::describe::mod_inherited>;
  const std::vector<About> about = MembersOf<P>::about();
  std::string out;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(std::declval<P&>().*member.pointer)>;
    std::string schema = book.of<Field>(SchemaUse::body);
    for (const About& each : about) {
      if (each.member == member.name) schema = withAbout(std::move(schema), each);
    }
    if (!out.empty()) out += ',';
    out += parameter(member.name, in, !json_detail::IsOptional<Field>::value, schema);
  });
  return out;
}

std::string content(std::span<const std::string> media_types, const std::string& schema,
                    const std::string& example);

template <class T>
std::string answerOf(SchemaBook& book, const Description& description) {
  if constexpr (std::same_as<T, Nothing>) {
    return {};
  } else if constexpr (std::same_as<T, Download>) {
    return content(description.gives, "{}", {});
  } else if constexpr (std::same_as<T, http::EventStream>) {
    const std::array<std::string, 1> stream{"text/event-stream"};
    return content(stream, R"({"type":"string"})", {});
  } else {
    const std::array<std::string, 1> json{"application/json"};
    return content(json, book.of<T>(SchemaUse::answer), {});
  }
}

template <class B>
std::string bodyOf(SchemaBook& book, const Description& description) {
  if constexpr (std::same_as<B, None>) {
    return {};
  } else if constexpr (std::same_as<B, Upload>) {
    return R"({"required":true,"content":)" + content(description.takes, "{}", {}) + '}';
  } else {
    const std::array<std::string, 1> json{"application/json"};
    return R"({"required":true,"content":)" +
           content(json, book.of<B>(SchemaUse::body), description.example) + '}';
  }
}

}  // namespace endpoint_detail

template <class T>
void Done<T>::operator()(Result<Answer<T>> result) const {
  finish_(endpoint_detail::encode(std::move(result)));
}

template <class Handler>
std::unique_ptr<Endpoint> Endpoints::describe(Description description, Handler handler) {
  using namespace endpoint_detail;
  using Traits = HandlerTraits<Handler>;
  using P = typename Traits::Path;
  using Q = typename Traits::Query;
  using B = typename Traits::Body;
  using T = typename Traits::Value;
  auto endpoint = std::make_unique<Endpoint>(std::move(description));
  endpoint->is_stream = std::same_as<T, http::EventStream>;
  endpoint->parameters = parametersOf<P>(schemas_, "path");
  const std::string query = parametersOf<Q>(schemas_, "query");
  if (!endpoint->parameters.empty() && !query.empty()) endpoint->parameters += ',';
  endpoint->parameters += query;
  endpoint->body = bodyOf<B>(schemas_, endpoint->description);
  endpoint->answer = answerOf<T>(schemas_, endpoint->description);
  endpoint->run = [handler = std::move(handler), described = endpoint.get()](Call& call,
                                                                             const Finish& finish) {
    auto in = readAll<P, Q, B>(call, described->description);
    if (!in) return finish(std::unexpected(std::move(in).error()));
    if constexpr (Traits::later) handler(call, *in, Done<T>(finish));
    else finish(encode<T>(handler(call, *in)));
  };
  if constexpr (std::same_as<T, Written> || std::same_as<T, CaseStep>) {
    endpoint->run_again = [](Call&, const Written& first, const Finish& finish) {
      finish(encode<T>(Answer<T>({first.id, first.version, true}, first.version)));
    };
  }
  return endpoint;
}

template <class Handler>
void Endpoints::add(Description description, Handler handler) {
  take(describe(std::move(description), std::move(handler)));
}

template <class Handler, class Again>
void Endpoints::add(Description description, Handler handler, Again again) {
  using Traits = endpoint_detail::HandlerTraits<Handler>;
  using P = typename Traits::Path;
  using Q = typename Traits::Query;
  using B = typename Traits::Body;
  auto endpoint = describe(std::move(description), std::move(handler));
  endpoint->run_again = [again = std::move(again), described = endpoint.get()](
                            Call& call, const Written& written, const Finish& finish) {
    auto in = endpoint_detail::readAll<P, Q, B>(call, described->description);
    if (!in) return finish(std::unexpected(std::move(in).error()));
    finish(endpoint_detail::encode<typename Traits::Value>(again(call, *in, written)));
  };
  take(std::move(endpoint));
}

}  // namespace jinyue::api
