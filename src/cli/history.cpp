// jinyue history CASE: what happened to a case, from its records alone.

#include <memory>

#include <fmt/format.h>

#include "base/json_read.h"
#include "casework/record_body.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "ledger/record.h"

namespace jinyue::cli {
namespace {

std::string localTime(Instant at) {
  std::string text = formatInstant(at + china_offset);
  text.resize(19);
  text[10] = ' ';
  return text;
}

int print(City& city, store::CaseId id, bool with_events) {
  std::int64_t position = 0;
  for (;;) {
    const auto rows = city.store().records(id, position, 500);
    if (rows.empty()) break;
    for (const store::StoredRecord& row : rows) {
      const auto record = ledger::decodeRecord(row.record);
      if (!record) return refused(record.error());
      position = record->position;
      fmt::print("{:>4}  {}  {:<16} {:<20} {}  #{}\n", position, localTime(record->at), record->kind,
                 record->actor, record->model, row.sequence);
      if (with_events) fmt::print("      {}\n", record->body);
    }
  }
  if (position == 0) {
    return refused({ProblemKind::not_found,
                    "case.unknown",
                    {"没有这个办件", "there is no such case"},
                    std::to_string(id),
                    {},
                    {}});
  }
  return 0;
}

}  // namespace

void addHistory(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("history", "prints the records of a case / 查看办件的全部记录");
  const auto options = std::make_shared<CityOptions>();
  const auto id = std::make_shared<store::CaseId>(0);
  const auto events = std::make_shared<bool>(false);
  addPlace(*command, *options);
  command->add_option("CASE", *id, "number of the case / 办件号")->required();
  command->add_flag("--events", *events, "with everything that each record says / 含全部内容");
  command->callback([options, id, events, &exit_code] {
    const auto city = City::open(*options);
    exit_code = city ? print(**city, *id, *events) : refused(city.error());
  });
}

}  // namespace jinyue::cli
