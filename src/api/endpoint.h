// An endpoint: one description from which the request is decoded, the caller authorised, the answer encoded,
// and the OpenAPI document written.
#pragma once

#include "api/access.h"
#include "api/call.h"
#include "api/foreign_schemas.h"
#include "api/parameters.h"
#include "http/router.h"

namespace jinyue::api {

/// How a repeated write is kept from acting twice.
enum class Repeats {
  by_engine,  ///< the handler hands Call::key to the engine, which keeps it with the case's records
  by_store,   ///< the key is written in the same commit as the change (keyed_writes.h)
  harmless,   ///< doing it again does nothing more, or is meant to: no key is asked for
};

struct Description {
  http::Method method = http::Method::get;
  std::string path;  ///< below /api/v1, with braces: "/cases/{id}"
  std::string name;  ///< operation id: "readCase"
  std::string tag;   ///< resource, for grouping
  Text summary;
  AccessRule access;
  Text detail = {};
  int status = 200;                      ///< of a good answer
  Repeats repeats = Repeats::by_engine;  ///< of a write; means nothing for a read
  bool changes_version = false;          ///< If-Match must be given (428 without)
  std::vector<std::string> takes = {};   ///< media types of an Upload
  std::vector<std::string> gives = {};   ///< media types of a Download
  std::string example = {};              ///< of the body, JSON
  http::RouteOptions route = {};
};

/// Bytes that come as they are; they live as long as the call.
struct Upload {
  std::string_view media_type;
  std::string_view bytes;
};

/// A file to keep.
struct Download {
  std::string media_type;
  std::string file_name;  ///< empty: to be shown, not kept
  http::Body body;
};

/// What came with a request, read and checked.
template <class P = None, class Q = None, class B = None>
struct In {
  P path;
  Q query;
  B body;
};

/// A good answer and what goes with it in the header.
template <class T>
struct Answer {
  T value;
  std::optional<std::int64_t> version = {};  ///< of the thing: makes the ETag that If-Match takes
  std::vector<http::Cookie> cookies = {};
  std::string location = {};
  bool secret = false;  ///< must not be kept anywhere on the way

  Answer(T plain) : value(std::move(plain)) {}  // NOLINT(google-explicit-constructor): most have nothing more
  Answer(T plain, std::int64_t of) : value(std::move(plain)), version(of) {}
};

/// The answer to a write that the store's own key rules: where its record is.
struct Written {
  std::int64_t id = 0;
  std::int64_t version = 0;
  bool repeated = false;  ///< this key had been used: what is told is the first outcome
  static std::vector<About> about() {
    return {{"id", {"对象编号", "number of the thing"}},
            {"version", {"写入后的版本", "its version after the change"}},
            {"repeated", {"同一个幂等键已办理过", "the key had been used: this is the first outcome"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Written, (), (id, version, repeated))

/// The answer to a command of a case: it is durable, and where its record is.
struct CaseStep {
  std::int64_t case_id = 0;
  std::int64_t version = 0;
  bool repeated = false;
  static std::vector<About> about() {
    return {{"case_id", {"办件号", "number of the case"}, "42"},
            {"version", {"办理后的版本", "its version after the command"}},
            {"repeated", {"同一个幂等键已办理过", "the key had been used: this is the first outcome"}}};
  }
};
BOOST_DESCRIBE_STRUCT(CaseStep, (), (case_id, version, repeated))

/// Nothing to say: 204.
struct Nothing {};

/// An answer without its types.
struct Encoded {
  http::Body body;
  std::string media_type;  ///< empty: no content
  std::string file_name;
  std::optional<std::int64_t> version;
  std::vector<http::Cookie> cookies;
  std::string location;
  bool secret = false;
};
using Finish = std::function<void(Result<Encoded>)>;

/// How an endpoint that answers later does so: once, from any thread.
template <class T>
class Done {
 public:
  explicit Done(Finish finish) : finish_(std::move(finish)) {}
  void operator()(Result<Answer<T>> result) const;

 private:
  Finish finish_;
};

/// An endpoint without its types.
struct Endpoint {
  explicit Endpoint(Description of) : description(std::move(of)) {}
  Description description;
  std::function<void(Call&, const Finish&)> run;
  /// The answer of a write whose key was used before.
  std::function<void(Call&, const Written&, const Finish&)> run_again;
  std::string parameters;  ///< OpenAPI, items of a list
  std::string body;        ///< OpenAPI request body; empty when it takes none
  std::string answer;      ///< OpenAPI content of a good answer; empty when there is none
  bool is_stream = false;
  bool isWrite() const { return description.method != http::Method::get; }
};

/// All endpoints of the interface.
class Endpoints {
 public:
  /// The handler is a lambda of one of the forms
  ///   [](Call&, const In<P, Q, B>&) -> Result<Answer<T>>
  ///   [](Call&, const In<P, Q, B>&, const Done<T>&) -> void     answers later, from any thread
  /// T is a described struct, Listing, Nothing, Download or http::EventStream; B a described struct or
  /// Upload. Throws std::logic_error for a description that can't be right.
  template <class Handler>
  void add(Description description, Handler handler);
  /// A write by the store's key whose answer is more than Written says how the answer to a repeated one is
  /// made: [](Call&, const In<P, Q, B>&, const Written&) -> Result<Answer<T>>.
  template <class Handler, class Again>
  void add(Description description, Handler handler, Again again);

  std::span<const std::unique_ptr<Endpoint>> all() const { return all_; }
  SchemaBook& schemas() { return schemas_; }
  const SchemaBook& schemas() const { return schemas_; }

 private:
  template <class Handler>
  std::unique_ptr<Endpoint> describe(Description description, Handler handler);
  Endpoint& take(std::unique_ptr<Endpoint> endpoint);

  std::vector<std::unique_ptr<Endpoint>> all_;
  SchemaBook schemas_;
};

/// Where the interface is.
inline constexpr std::string_view api_root = "/api/v1";

}  // namespace jinyue::api

#include "api/endpoint_types.h"
