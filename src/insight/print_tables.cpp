#include <algorithm>

#include <fmt/format.h>

#include "insight/print.h"

namespace jinyue::insight {
namespace {

using packs::BulletinBy;

constexpr const char* no_value = "—";

std::string shown(const std::optional<std::string>& value) { return value.value_or(no_value); }

/// Two digits after the point, so that a column of percentages or scores is even.
std::string withTwoDigits(const std::optional<std::string>& value) {
  if (!value) return no_value;
  std::string text = *value;
  const auto point = text.find('.');
  if (point == std::string::npos) return text + ".00";
  const std::size_t digits = text.size() - point - 1;
  if (digits < 2) text.append(2 - digits, '0');
  return text;
}

std::string printed(const BulletinIndicator& indicator, const std::optional<std::string>& value) {
  return indicator.unit.zh == "%" ? withTwoDigits(value) : shown(value);
}

std::string minute(Instant at) {
  const LocalTime local = toLocal(at);
  const Date day = std::chrono::floor<std::chrono::days>(local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - LocalTime{day}).count();
  return fmt::format("{} {:02}:{:02}", formatDate(day), minutes / 60, minutes % 60);
}

const char* partName(BulletinBy by) {
  switch (by) {
    case BulletinBy::unit: return "单位";
    case BulletinBy::area: return "地区";
    case BulletinBy::category: return "类别";
    case BulletinBy::channel: break;
  }
  return "渠道";
}

std::string indicatorTitle(const BulletinContent& content, const std::string& indicator) {
  if (indicator == "score") return "得分";
  if (indicator == "rank") return "名次";
  const auto found = std::ranges::find(content.indicators, indicator, &BulletinIndicator::id);
  return found == content.indicators.end() ? indicator : found->title.zh;
}

std::string headOf(const BulletinIndicator& indicator) {
  return indicator.unit.zh.empty() ? indicator.title.zh
                                   : fmt::format("{}（{}）", indicator.title.zh, indicator.unit.zh);
}

PrintTable cityTable(const BulletinContent& content) {
  PrintTable table{"全市情况", {"指标", "单位", "本期", "上期", "上年同期", "计入件数", "符合件数"}, {}, {}};
  table.numbers = {false, false, true, true, true, true, true};
  for (std::size_t i = 0; i < content.indicators.size(); ++i) {
    const BulletinIndicator& indicator = content.indicators[i];
    const BulletinFigure& figure = content.city.figures[i];
    table.rows.push_back({indicator.title.zh, indicator.unit.zh, printed(indicator, figure.value),
                          printed(indicator, figure.before), printed(indicator, figure.year_before),
                          std::to_string(figure.of), std::to_string(figure.counts)});
  }
  return table;
}

PrintTable scoreTable(const BulletinContent& content) {
  const BulletinScore& score = *content.score;
  PrintTable table{fmt::format("{}的算法（{} 起用，依据：{}）；全市得分 {}", score.title.zh, score.from,
                               score.source, withTwoDigits(content.city.score)),
                   {"指标", "权重（%）", "0 分值", "100 分值", "本期", "折算分"},
                   {},
                   {false, true, true, true, true, true}};
  for (std::size_t i = 0; i < score.parts.size(); ++i) {
    const packs::ScorePart& part = score.parts[i];
    const BulletinPoints& points = content.city.points[i];
    table.rows.push_back({indicatorTitle(content, part.indicator), std::to_string(part.weight), part.worst,
                          part.best, withTwoDigits(points.value), withTwoDigits(points.points)});
  }
  return table;
}

PrintTable partTable(const BulletinContent& content, const BulletinTable& part) {
  PrintTable table{fmt::format("按{}", partName(part.by)), {}, {}, {}};
  const bool scored = content.score.has_value();
  if (scored) {
    table.head = {"名次", partName(part.by), "得分"};
    table.numbers = {true, false, true};
  } else {
    table.head = {partName(part.by)};
    table.numbers = {false};
  }
  for (const BulletinIndicator& indicator : content.indicators) {
    table.head.push_back(headOf(indicator));
    table.numbers.push_back(true);
  }
  for (const BulletinRow& row : part.rows) {
    std::vector<std::string> cells;
    if (scored)
      cells = {row.rank ? std::to_string(*row.rank) : no_value, row.name.zh, withTwoDigits(row.score)};
    else cells = {row.name.zh};
    for (std::size_t i = 0; i < row.figures.size(); ++i)
      cells.push_back(printed(content.indicators[i], row.figures[i].value));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

PrintTable correctionTable(const BulletinContent& content) {
  PrintTable table{
      fmt::format("对第 {} 版的更正", content.corrects), {"对象", "内容", "原为", "改为"}, {}, {}};
  table.numbers = {false, false, true, true};
  for (const Correction& each : content.corrections)
    table.rows.push_back({each.key.empty() && each.name.zh.empty() ? "全市" : each.name.zh,
                          indicatorTitle(content, each.what), shown(each.before), shown(each.after)});
  return table;
}

PrintTable adjustmentTable(const BulletinContent& content) {
  PrintTable table{"加减分", {"对象", "加减分", "理由", "申诉办件"}, {}, {false, true, false, false}};
  for (const Adjustment& each : content.adjustments) {
    std::string name = each.key;
    for (const BulletinTable& part : content.tables) {
      const auto row = std::ranges::find(part.rows, each.key, &BulletinRow::key);
      if (part.by == each.by && row != part.rows.end()) name = row->name.zh;
    }
    table.rows.push_back(
        {name, each.points, each.reason, each.case_id == 0 ? no_value : std::to_string(each.case_id)});
  }
  return table;
}

PrintTable definitionTable(const BulletinContent& content) {
  PrintTable table{"指标说明", {"指标", "含义", "依据"}, {}, {false, false, false}};
  for (const BulletinIndicator& each : content.indicators)
    table.rows.push_back({each.title.zh, each.definition ? each.definition->zh : no_value, each.source});
  return table;
}

}  // namespace

std::vector<PrintTable> tablesOf(const BulletinContent& content) {
  std::vector<PrintTable> tables{cityTable(content)};
  if (content.score) tables.push_back(scoreTable(content));
  for (const BulletinTable& part : content.tables) {
    if (!part.rows.empty()) tables.push_back(partTable(content, part));
  }
  if (!content.corrections.empty()) tables.push_back(correctionTable(content));
  if (!content.adjustments.empty()) tables.push_back(adjustmentTable(content));
  tables.push_back(definitionTable(content));
  return tables;
}

std::vector<std::string> headLines(const Report& report, const BulletinContent& content) {
  constexpr const char* statuses[] = {"草稿", "已冻结，未发布", "已发布", "已被更正版取代", "已作废"};
  std::vector<std::string> lines;
  lines.push_back(fmt::format("统计期间 {} 至 {}　第 {} 版　{}", formatDate(content.first),
                              formatDate(content.last), report.edition,
                              statuses[static_cast<std::size_t>(report.status)]));
  lines.push_back(fmt::format("依据：{}　计算时间：{}", content.source, minute(report.drafted)));
  if (report.published) lines.push_back("发布时间：" + minute(*report.published));
  if (!report.reason.empty()) lines.push_back("更正原因：" + report.reason);
  lines.push_back("内容摘要（SHA-256）：" + report.digest);
  return lines;
}

}  // namespace jinyue::insight
