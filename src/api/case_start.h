// Starting a case from a service item and the answers to its form; and what a command of a case answers.
#pragma once

#include "api/endpoint.h"
#include "api/plain_value.h"
#include "api/rooms.h"

namespace jinyue::api {

struct StartCase {
  std::string pack;
  std::string item;
  std::optional<std::string> key;
  PlainObject answers;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(StartCase, (), (pack, item, key, answers))

void startCase(const Rooms& rooms, Call& call, const StartCase& body, const Done<CaseStep>& done);

/// What the engine's reply is for the client.
Result<Answer<CaseStep>> stepOf(Result<casework::Reply> reply);

/// Answers to a form: variables of a case, and the attachments that they name.
struct CheckedAnswers {
  feel::Context variables;
  std::vector<evidence::Carried> carried;
};
/// Without a form there may be no answers ("form.none").
Result<CheckedAnswers> checkedAnswers(const Rooms& rooms, const Call& call, const packs::Pack& pack,
                                      const std::string& form_id, const feel::Context& answers);

}  // namespace jinyue::api
