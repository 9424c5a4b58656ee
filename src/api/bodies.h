// Small paths and bodies that several resources take.
#pragma once

#include "api/schema.h"
#include "identity/accounts.h"

namespace jinyue::api {

/// "/cases/{id}"
struct CasePath {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(CasePath, (), (id))
/// "/cases/{id}/clocks/{element}"
struct ClockPath {
  std::int64_t id = 0;
  std::int32_t element = 0;
};
BOOST_DESCRIBE_STRUCT(ClockPath, (), (id, element))

/// "/registers/{name}"
struct RegisterPath {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(RegisterPath, (), (name))

struct ReasonBody {
  std::string reason;
  static std::vector<About> about() { return {{"reason", {"理由", "reason"}, {}, 1, 500}}; }
};
BOOST_DESCRIBE_STRUCT(ReasonBody, (), (reason))

/// For reading personal data in the clear.
struct PurposeBody {
  std::string purpose;
  static std::vector<About> about() {
    return {{"purpose", {"查看目的，会留痕", "what for; it is audited"}, {}, 4, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(PurposeBody, (), (purpose))

struct Mandates {
  std::vector<identity::Mandate> items;
};
BOOST_DESCRIBE_STRUCT(Mandates, (), (items))

}  // namespace jinyue::api
