// Full text over cases, entries of registers and guides. What was committed is found at once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "search/excerpt.h"
#include "search/query.h"
#include "store/store.h"

namespace jinyue::search {

/// What the caller may see: any of these; none: nothing. See store::TextQuery.
using Scopes = std::vector<store::TextScope>;

enum class Order {
  newest,     ///< by falling id
  relevance,  ///< of the newest 500 hits
};
BOOST_DESCRIBE_ENUM(Order, newest, relevance)

struct Request {
  std::string text = {};
  store::TextScope filter = {};
  std::optional<store::CaseStatus> status = {};
  Order order = Order::newest;
  LookupFn lookups = {};
};

struct Hit {
  std::int64_t id = 0;
  store::TextKind kind = store::TextKind::matter;
  std::string process;
  std::string area;
  std::string unit;
  store::CaseStatus status = store::CaseStatus::active;
  Instant at;
  Marked title;
  std::vector<Marked> names;
  Marked excerpt;
};

/// A name that begins so, or has the words or initials in it.
struct Suggestion {
  std::int64_t id = 0;
  store::TextKind kind = store::TextKind::entry;
  std::string process;
  Marked name;
};

class Searcher {
 public:
  explicit Searcher(store::Store& store) : store_(store) {}

  /// A page of hits (its limit 1 to 100). A page may be short, or empty, and yet have a `next`: a search
  /// looks at a bounded number of rows and goes on where it stopped. Refuses what parseQuery refuses, and a
  /// cursor that no page gave.
  Result<store::Page<Hit>> search(const Scopes& scopes, const Request& request,
                                  const store::PageRequest& page) const;

  /// Names of people, firms and items, the best first, each once, from the newest 500 rows that fit. `filter`
  /// says of which kinds or registers.
  Result<std::vector<Suggestion>> suggest(const Scopes& scopes, const std::string& text,
                                          const store::TextScope& filter, int limit = 10) const;

 private:
  store::Store& store_;
};

}  // namespace jinyue::search
