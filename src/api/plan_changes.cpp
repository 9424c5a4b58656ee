// /plans: looking at a plan that was uploaded, importing it as drafts, issuing what is complete.

#include <algorithm>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/plan_import.h"
#include "api/plan_rows.h"
#include "api/plan_views.h"
#include "api/wishes.h"
#include "ledger/hash.h"
#include "planning/likeness.h"
#include "planning/reader.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct PreviewQuery {
  std::optional<int> year;
  std::optional<std::string> previous;
  static std::vector<About> about() {
    return {
        {"year",
         {"方案年份，正文没有写明时用", "year of the plan, where its text does not say"},
         "2025",
         1990,
         2199},
        {"previous",
         {"上一个方案的编号，用来关联同名举措", "id of the plan before, to link measures of the same name"},
         {},
         2,
         60}};
  }
};
BOOST_DESCRIBE_STRUCT(PreviewQuery, (), (year, previous))

struct MeasureLink {
  int measure = 0;
  std::string previous;
  static std::vector<About> about() {
    return {{"measure", {"第几条举措，从 0 起", "which of the measures, from 0"}},
            {"previous", {"上一个方案中的举措", "measure of the plan before"}}};
  }
};
BOOST_DESCRIBE_STRUCT(MeasureLink, (), (measure, previous))
struct Preview {
  planning::PlanText plan;
  std::vector<MeasureLink> links;
};
BOOST_DESCRIBE_STRUCT(Preview, (), (plan, links))

struct ImportBody {
  std::string id;
  Date due;
  std::optional<std::string> previous;
  std::optional<std::string> cycle_length;
  std::optional<bool> steps_until_due;
  planning::PlanText plan;
  static std::vector<About> about() {
    return {
        {"id", {"方案编号", "id of the plan"}, R"("dalian-2025")", 2, 60},
        {"due", {"方案终止日", "last day of the plan"}, R"("2025-12-31")"},
        {"previous", {"上一个方案的编号", "id of the plan before"}, {}, 2, 60},
        {"cycle_length",
         {"报告周期：month（默认）或 quarter", "how often progress is reported: month (default) or quarter"},
         R"("month")",
         5,
         7},
        {"steps_until_due",
         {"没有写日期的句子作为步骤，截至举措完成日",
          "sentences without a day become steps until the measure's last day"}},
        {"plan", {"预览得到、经人工更正的内容", "as previewed, and corrected by a person"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ImportBody, (), (id, due, previous, cycle_length, steps_until_due, plan))

struct ImportedView {
  std::int64_t case_id = 0;
  int measures = 0;
  int linked = 0;
  int brands = 0;
  bool repeated = false;
};
BOOST_DESCRIBE_STRUCT(ImportedView, (), (case_id, measures, linked, brands, repeated))

struct IssueBody {
  std::optional<std::string> document_number;
  std::optional<std::string> remark;
  static std::vector<About> about() {
    return {{"document_number", {"文号", "document number"}, {}, 1, 60},
            {"remark", {"意见", "remark"}, {}, 1, 2000}};
  }
};
BOOST_DESCRIBE_STRUCT(IssueBody, (), (document_number, remark))

struct RefusedMeasure : MeasureHead {
  std::string code;
  Text text;
};
BOOST_DESCRIBE_STRUCT(RefusedMeasure, (MeasureHead), (code, text))
struct IssuedView {
  int issued = 0;
  int issued_before = 0;
  bool plan_issued = false;
  std::vector<GapLine> gaps;
  std::vector<RefusedMeasure> refused;
  static std::vector<About> about() {
    return {{"issued", {"本次印发的举措数", "measures issued now"}},
            {"issued_before", {"此前已印发", "issued before"}},
            {"plan_issued",
             {"方案已印发：没有缺项的举措了", "the plan itself is issued: nothing is missing any more"}},
            {"gaps", {"不能印发的举措及缺项", "measures that can't be issued, and what they lack"}}};
  }
};
BOOST_DESCRIBE_STRUCT(IssuedView, (), (issued, issued_before, plan_issued, gaps, refused))

std::string issueKey(const std::string& key, std::int64_t of) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return ledger::toHex(hasher.plain(fmt::format("issue\n{}\n{}", key, of))).substr(0, 40);
}

class PlanChanges {
 public:
  explicit PlanChanges(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<Preview>> preview(const PreviewQuery& query, const Upload& upload) const {
    auto plan = planning::readPlan(upload.bytes, {query.year});
    if (!plan) return std::unexpected(std::move(plan.error()));
    Preview view;
    if (query.previous) {
      const auto before = measuresByName(rooms_.store, rooms_.engine.seal(), *query.previous);
      for (std::size_t i = 0; i < plan->measures.size(); ++i) {
        const auto found = before.find(planning::plainName(plan->measures[i].title));
        if (found != before.end()) view.links.push_back({static_cast<int>(i), found->second});
      }
    }
    view.plan = std::move(*plan);
    return view;
  }

  Result<Answer<ImportedView>> import(const Call& call, const ImportBody& body) const {
    const auto newest = rooms_.packs.newest(plan_pack);
    if (!newest)
      return refuse(ProblemKind::not_found, "pack.missing",
                    {"没有部署系统包 plan", "the pack plan is not deployed"});
    PlanImport import;
    import.id = body.id;
    import.due = body.due;
    import.previous = body.previous.value_or("");
    import.cycle_length = body.cycle_length.value_or("month");
    import.steps_until_due = body.steps_until_due.value_or(false);
    import.plan = body.plan;
    const ImportRooms rooms{rooms_.store, rooms_.engine, rooms_.registry, newest->definition};
    const auto done = importPlan(rooms, import, call.actor(), call.key);
    if (!done) return std::unexpected(done.error());
    Answer<ImportedView> answer(
        {done->plan_case, done->measures, done->linked, done->brands, done->repeated});
    answer.location = fmt::format("{}/plans/{}", api_root, body.id);
    return answer;
  }

  Result<Answer<IssuedView>> issue(Call& call, const std::string& plan, const IssueBody& body) const {
    const store::RowScope scope = call.rows();
    const auto rows = planCases(rooms_.store, rooms_.engine.seal(), "measure", scope, plan);
    if (rows.empty())
      return refuse(ProblemKind::not_found, "plan.unknown", {"没有这个方案", "there is no such plan"}, plan);
    IssuedView view;
    for (const PlanCase& row : rows) issueOne(call, row, body, view);
    if (view.gaps.empty() && view.refused.empty()) view.plan_issued = issuePlan(call, plan, body, scope);
    return view;
  }

 private:
  std::optional<store::TaskRow> openTask(store::CaseId id, std::string_view node) const {
    store::TaskFilter filter;
    filter.case_id = id;
    for (store::TaskRow& task : rooms_.store.listTasks(filter, {200, {}}).rows) {
      if (task.node == node) return std::move(task);
    }
    return std::nullopt;
  }

  Result<void> complete(const Call& call, const store::TaskRow& task, feel::Context answers) const {
    CompleteTask wish;
    wish.case_id = task.id.case_id;
    wish.task = task.id.number;
    wish.answers.members = std::move(answers);
    auto request = requestFor(rooms_, call, wish, issueKey(call.key, task.id.case_id));
    if (!request) return std::unexpected(std::move(request.error()));
    request->fingerprint = call.fingerprint;
    const auto reply = rooms_.engine.run(std::move(*request));
    if (!reply) return std::unexpected(reply.error());
    return {};
  }

  void issueOne(const Call& call, const PlanCase& row, const IssueBody& body, IssuedView& view) const {
    const planning::LedgerMeasure measure = measureOf(row);
    if (measure.issued || row.row.status != store::CaseStatus::active) {
      ++view.issued_before;
      return;
    }
    const auto put = [&](MeasureHead& head) {
      head.case_id = measure.case_id;
      head.id = measure.id;
      head.number = measure.number;
      head.title = measure.title;
    };
    const auto task = openTask(row.row.id, "issue");
    if (!task) {
      GapLine line;
      put(line);
      line.gaps = planning::gapsOf(measure);
      line.blocks = true;
      view.gaps.push_back(std::move(line));
      return;
    }
    feel::Context answers{{"issue", feel::Value(true)}};
    if (body.remark) answers.set("remark", feel::Value(*body.remark));
    if (const auto done = complete(call, *task, std::move(answers)); !done) {
      RefusedMeasure refused;
      put(refused);
      refused.code = done.error().code;
      refused.text = done.error().title;
      view.refused.push_back(std::move(refused));
      return;
    }
    ++view.issued;
  }

  /// True when it is issued, now or before.
  bool issuePlan(const Call& call, const std::string& plan, const IssueBody& body,
                 const store::RowScope& scope) const {
    for (const PlanCase& row : planCases(rooms_.store, rooms_.engine.seal(), "plan", scope, plan)) {
      if (Variables(row.variables).date("issued_on")) return true;
      const auto task = openTask(row.row.id, "plan-issue");
      if (!task) continue;
      feel::Context answers;
      if (body.document_number) answers.set("document_number", feel::Value(*body.document_number));
      if (complete(call, *task, std::move(answers))) return true;
    }
    return false;
  }

  Rooms rooms_;
};

}  // namespace

void addPlanChanges(Endpoints& endpoints, const Rooms& rooms) {
  const auto plans = std::make_shared<const PlanChanges>(rooms);
  const auto writes = [](std::string path, std::string name, Text summary, AccessRule access) {
    return Description{.method = http::Method::post,
                       .path = "/plans" + std::move(path),
                       .name = std::move(name),
                       .tag = "plans",
                       .summary = std::move(summary),
                       .access = access};
  };
  auto preview = writes("/preview", "previewPlan",
                        {"读一份方案，列出读到的和存疑的；什么也不保存",
                         "reads a plan: what was read and what is doubtful; keeps nothing"},
                        needs(Permission::case_start, Reach::nothing));
  preview.repeats = Repeats::harmless;
  preview.takes = {"text/plain", "text/markdown",
                   "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};
  preview.route = {.max_body = 16U << 20U};
  endpoints.add(preview, [plans](Call&, const In<None, PreviewQuery, Upload>& in) {
    return plans->preview(in.query, in.body);
  });

  auto import = writes("", "importPlan",
                       {"导入方案：举措成为待印发的草稿", "imports a plan: its measures become drafts"},
                       needs(Permission::case_start, Reach::nothing));
  import.detail = {"内容是预览的结果，可先更正。重复提交同一个键会接着做完，不会重复",
                   "the content is that of the preview, corrected as needed. The same key again goes on and "
                   "does nothing twice"};
  import.status = 201;
  import.route = {.max_body = 16U << 20U, .max_time = std::chrono::minutes{2}};
  import.example =
      R"({"id":"example-2026","due":"2026-12-31","plan":{"title":"示例市2026年行动方案","first_year":2026,")"
      R"(last_year":2026,"sections":[],"measures":[{"section":"一、开放","subsection":"","number":"1",")"
      R"(title":"推行预约通关","text":"企业可网上预约。","leads":["市口岸办"],"assisting":[],"areas":[],"all_areas":f)"
      R"(alse,"deadlines":[],"targets":[],"actions":["企业可网上预约"],"line":3}],"brands":[],"doubts":[]})"
      R"(})";
  endpoints.add(
      import,
      [plans](Call& call, const In<None, None, ImportBody>& in) { return plans->import(call, in.body); },
      [](Call&, const In<None, None, ImportBody>&, const Written&) -> Result<Answer<ImportedView>> {
        return ImportedView{};  // the key of all is never written itself, only those of the commands
      });

  auto issue = writes("/{plan}/issue", "issuePlan",
                      {"印发三清单齐全的举措，列出缺项的",
                       "issues the measures whose three lists are complete, lists what the others lack"},
                      needs(Permission::task_work, Reach::rows));
  issue.route = {.max_time = std::chrono::minutes{2}};
  endpoints.add(
      issue,
      [plans](Call& call, const In<PlanPath, None, IssueBody>& in) {
        return plans->issue(call, in.path.plan, in.body);
      },
      [](Call&, const In<PlanPath, None, IssueBody>&, const Written&) -> Result<Answer<IssuedView>> {
        return IssuedView{};
      });
}

}  // namespace jinyue::api
