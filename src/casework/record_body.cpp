#include "casework/record_body.h"

#include <charconv>

#include "base/json_read.h"

namespace jinyue::casework {
namespace {

constexpr std::string_view digest_member = "#";

struct Body {
  std::vector<bpmn::Event> events;
};
BOOST_DESCRIBE_STRUCT(Body, (), (events))

/// What makes a request the same one again.
struct Asked {
  std::optional<CaseId> case_id;
  std::int64_t definition = 0;
  bpmn::Command command;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (case_id, definition, command))

}  // namespace

std::string recordBody(std::vector<bpmn::Event> events, CaseId id, const bpmn::Model& model,
                       const ledger::PersonalDigester& digester, std::vector<store::PersonalRow>& personal) {
  for (bpmn::Event& event : events) {
    bpmn::forEachPersonal(event, model, [&](feel::Value& value) {
      if (value.isNull()) return;  // nothing to hide; an erased value is null
      std::string clear = toJson(value);
      std::string digest = digester.digest(id, clear);
      feel::Context hidden;
      hidden.set(digest_member, feel::Value(digest));
      value = feel::Value(std::move(hidden));
      personal.push_back({id, std::move(digest), std::move(clear)});
    });
  }
  return toJson(Body{std::move(events)});
}

Result<std::vector<bpmn::Event>> readRecordBody(std::string_view body, const bpmn::Model& model,
                                                const Reveal& reveal) {
  auto read = fromJson<Body>(body);
  if (!read) return std::unexpected(std::move(read.error()));
  for (bpmn::Event& event : read->events) {
    bpmn::forEachPersonal(event, model, [&](feel::Value& value) {
      const feel::Context* hidden = value.asContext();
      const feel::Value* digest = hidden ? hidden->find(digest_member) : nullptr;
      const auto text = digest ? digest->asString() : std::nullopt;
      if (!text) return;
      if (auto clear = reveal(*text)) value = std::move(*clear);
    });
  }
  return std::move(read->events);
}

std::int64_t fingerprintOf(const Request& request, const ledger::PersonalDigester& digester) {
  const std::string digest =
      digester.digest(0, toJson(Asked{request.case_id, request.definition, request.command}));
  std::uint64_t bits = 0;
  std::from_chars(digest.data(), digest.data() + 16, bits, 16);
  return static_cast<std::int64_t>(bits | 1U);  // 0 means: not computed
}

}  // namespace jinyue::casework
