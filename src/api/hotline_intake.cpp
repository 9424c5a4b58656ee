// /hotline/intake: orders that come from the systems of others (another city, a mayor's mailbox, a news
// desk), as JSON or as a table. Each order has the number that it has there; one that comes again is taken
// once.

#include <atomic>

#include "api/case_start.h"
#include "api/endpoint.h"
#include "ledger/hash.h"
#include "registry/sheet.h"

namespace jinyue::api {
namespace {

using identity::Permission;

constexpr std::int64_t most_orders = 200;

struct IncomingOrder {
  std::string number;
  std::string title;
  std::optional<std::string> details;
  std::optional<std::string> area;
  std::optional<std::string> place;
  std::optional<std::string> longitude;
  std::optional<std::string> latitude;
  std::optional<std::string> caller;
  std::optional<std::string> phone;
  static std::vector<About> about() {
    return {{"number", {"来源系统的编号", "its number in the other system"}, R"("2026-0001")", 1, 60},
            {"title", {"标题", "title"}, R"("路灯不亮")", 1, 60},
            {"area", {"区划代码", "region or zone code"}, R"("210202")"},
            {"place", {"地点", "place"}},
            {"longitude", {"经度", "longitude, degrees"}},
            {"latitude", {"纬度", "latitude, degrees"}},
            {"caller", {"姓名", "name of the caller"}},
            {"phone", {"电话", "telephone"}}};
  }
};
BOOST_DESCRIBE_STRUCT(IncomingOrder, (),
                      (number, title, details, area, place, longitude, latitude, caller, phone))

enum class IncomingChannel { media, mail, other_city };
BOOST_DESCRIBE_ENUM(IncomingChannel, media, mail, other_city)

struct IntakeBody {
  std::string system;
  std::optional<IncomingChannel> channel;
  std::vector<IncomingOrder> orders;
  static std::vector<About> about() {
    return {{"system", {"来源系统", "the other system"}, R"("shenyang")", 1, 40},
            {"channel", {"渠道，默认 other_city", "other_city without it"}},
            {"orders", {"工单", "the orders"}, {}, 1, most_orders}};
  }
};
BOOST_DESCRIBE_STRUCT(IntakeBody, (), (system, channel, orders))

struct IntakeQuery {
  std::string system;
  std::optional<IncomingChannel> channel;
  static std::vector<About> about() {
    return {{"system", {"来源系统", "the other system"}, R"("shenyang")", 1, 40},
            {"channel", {"渠道，默认 other_city", "other_city without it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(IntakeQuery, (), (system, channel))

struct IntakeRow {
  std::string number;
  std::optional<std::int64_t> case_id;
  bool repeated = false;
  std::optional<std::string> code;
  std::optional<Text> problem;
  static std::vector<About> about() {
    return {{"case_id", {"受理后的工单编号", "number of the order here"}},
            {"repeated", {"以前已经收过", "it had come before"}},
            {"code", {"没有收下的原因代码", "code of the reason why it was not taken"}},
            {"problem", {"没有收下的原因", "why it was not taken"}}};
  }
};
BOOST_DESCRIBE_STRUCT(IntakeRow, (), (number, case_id, repeated, code, problem))
struct IntakeAnswer {
  std::vector<IntakeRow> results;
  std::int64_t taken = 0;
};
BOOST_DESCRIBE_STRUCT(IntakeAnswer, (), (results, taken))

std::string channelWord(IncomingChannel channel) {
  switch (channel) {
    case IncomingChannel::media: return "media";
    case IncomingChannel::mail: return "mail";
    default: return "other-city";
  }
}

/// The same order of the same system has the same key for ever.
std::string intakeKey(const std::string& system, const std::string& number) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return "intake:" + ledger::toHex(hasher.plain(system + "\n" + number)).substr(0, 40);
}

Problem firstCause(const Problem& problem) {
  return problem.causes.empty() ? problem : problem.causes.front();
}

class OrderIntake {
 public:
  explicit OrderIntake(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<IntakeAnswer>> take(Call& call, const std::string& system, IncomingChannel channel,
                                    std::span<const IncomingOrder> orders) const {
    if (call.caller->kind != identity::AccountKind::officer)
      return identity::refusePermission(*call.caller, Permission::case_start);
    const auto newest = rooms_.packs.newest("hotline");
    const packs::Item* item = newest ? newest->pack->item("hotline") : nullptr;
    if (!item) {
      return refuse(ProblemKind::not_found, "item.unknown",
                    {"没有部署热线系统包", "the hotline pack is not deployed"});
    }
    IntakeAnswer answer;
    for (const IncomingOrder& order : orders) {
      IntakeRow row{order.number, {}, false, {}, {}};
      const auto reply = takeOne(call, *newest, *item, system, channel, order);
      if (reply) {
        row.case_id = reply->case_id;
        row.repeated = reply->repeated;
        ++answer.taken;
      } else {
        const Problem why = firstCause(reply.error());
        row.code = why.code;
        row.problem = why.title;
      }
      answer.results.push_back(std::move(row));
    }
    return answer;
  }

 private:
  Result<casework::Reply> takeOne(const Call& call, const DeployedPacks::Version& version,
                                  const packs::Item& item, const std::string& system, IncomingChannel channel,
                                  const IncomingOrder& order) const {
    feel::Context answers;
    const auto set = [&](const char* name, const std::optional<std::string>& text) {
      if (text && !text->empty()) answers.set(name, feel::Value(*text));
    };
    const auto setNumber = [&](const char* name, const std::optional<std::string>& text) {
      const auto number = text ? feel::Number::parse(*text) : std::nullopt;
      if (number) answers.set(name, feel::Value(*number));
      else set(name, text);  // the form says what is wrong with it
    };
    set("title", order.title);
    set("details", order.details);
    set("region", order.area);
    set("place", order.place);
    setNumber("longitude", order.longitude);
    setNumber("latitude", order.latitude);
    set("caller", order.caller);
    set("phone", order.phone);
    set("channel", channelWord(channel));
    set("from_number", system + " " + order.number);
    auto checked = checkedAnswers(rooms_, call, *version.pack, item.form.value_or(""), answers);
    if (!checked) return std::unexpected(std::move(checked).error());
    casework::Request request;
    bpmn::Start start;
    start.process = item.process;
    start.variables = std::move(checked->variables);
    request.definition = version.definition;
    request.command = std::move(start);
    request.actor = call.actor();
    request.key = intakeKey(system, order.number);
    request.fingerprint = 1;  // an order that comes again with other words is still the same order
    return rooms_.engine.run(std::move(request));
  }

  const Rooms rooms_;
};

/// Columns by their titles, in Chinese or English.
Result<std::vector<IncomingOrder>> incomingOrders(std::string_view bytes) {
  auto sheet = registry::readSheet(bytes);
  if (!sheet) return std::unexpected(std::move(sheet.error()));
  if (sheet->rows.empty())
    return refuse(ProblemKind::invalid, "intake.empty", {"表是空的", "the table is empty"});
  const auto& head = sheet->rows.front().cells;
  const auto column = [&](std::string_view zh, std::string_view en) {
    const auto found =
        std::ranges::find_if(head, [&](const std::string& cell) { return cell == zh || cell == en; });
    return static_cast<std::size_t>(found - head.begin());
  };
  const std::size_t number = column("编号", "number");
  const std::size_t title = column("标题", "title");
  if (number == head.size() || title == head.size()) {
    return refuse(ProblemKind::invalid, "intake.columns",
                  {"表头要有“编号”和“标题”", "the head needs \"number\" and \"title\""});
  }
  if (sheet->rows.size() > static_cast<std::size_t>(most_orders) + 1) {
    return refuse(ProblemKind::invalid, "intake.too-many",
                  {fmt::format("一次至多 {} 件", most_orders),
                   fmt::format("at most {} orders at a time", most_orders)});
  }
  const std::tuple<std::size_t, std::optional<std::string> IncomingOrder::*> others[] = {
      {column("详情", "details"), &IncomingOrder::details},
      {column("区划", "area"), &IncomingOrder::area},
      {column("地点", "place"), &IncomingOrder::place},
      {column("经度", "longitude"), &IncomingOrder::longitude},
      {column("纬度", "latitude"), &IncomingOrder::latitude},
      {column("姓名", "caller"), &IncomingOrder::caller},
      {column("电话", "phone"), &IncomingOrder::phone}};
  std::vector<IncomingOrder> orders;
  for (std::size_t i = 1; i < sheet->rows.size(); ++i) {
    const auto& cells = sheet->rows[i].cells;
    const auto cell = [&](std::size_t at) { return at < cells.size() ? cells[at] : std::string{}; };
    IncomingOrder order;
    order.number = cell(number);
    order.title = cell(title);
    for (const auto& [at, member] : others) {
      if (const std::string text = cell(at); !text.empty()) order.*member = text;
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace

void addHotlineIntake(Endpoints& endpoints, const Rooms& rooms) {
  const auto intake = std::make_shared<OrderIntake>(rooms);
  const Text detail{"同一来源系统的同一编号只收一次，逐件给出结果",
                    "a number of a system is taken once; each order has its own result"};
  endpoints.add({.method = http::Method::post,
                 .path = "/hotline/intake",
                 .name = "takeOrders",
                 .tag = "hotline",
                 .summary = {"收其他系统的工单（JSON）", "takes orders of another system, as JSON"},
                 .access = needs(Permission::case_start, Reach::nothing),
                 .detail = detail,
                 .repeats = Repeats::harmless},
                [intake](Call& call, const In<None, None, IntakeBody>& in) {
                  return intake->take(call, in.body.system,
                                      in.body.channel.value_or(IncomingChannel::other_city), in.body.orders);
                });
  endpoints.add(
      {.method = http::Method::post,
       .path = "/hotline/intake/table",
       .name = "takeOrderTable",
       .tag = "hotline",
       .summary = {"收其他系统的工单（CSV）", "takes orders of another system, as a table"},
       .access = needs(Permission::case_start, Reach::nothing),
       .detail = detail,
       .repeats = Repeats::harmless,
       .takes = {"text/csv"}},
      [intake](Call& call, const In<None, IntakeQuery, Upload>& in) -> Result<Answer<IntakeAnswer>> {
        const auto orders = incomingOrders(in.body.bytes);
        if (!orders) return std::unexpected(orders.error());
        return intake->take(call, in.query.system, in.query.channel.value_or(IncomingChannel::other_city),
                            *orders);
      });
}

}  // namespace jinyue::api
