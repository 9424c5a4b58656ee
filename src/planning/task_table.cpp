#include "planning/task_table.h"

#include <algorithm>
#include <array>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

enum class Column { number, group, text, goal, lead, responsible, assist, area, time, other };
struct Head {
  Words word;
  Column column;
};
constexpr std::array heads{Head{U"序号", Column::number},
                           Head{U"编号", Column::number},
                           Head{U"牵头", Column::lead},
                           Head{U"主办", Column::lead},
                           Head{U"配合", Column::assist},
                           Head{U"协办", Column::assist},
                           Head{U"参与", Column::assist},
                           Head{U"地区", Column::area},
                           Head{U"责任单位", Column::responsible},
                           Head{U"责任部门", Column::responsible},
                           Head{U"责任主体", Column::responsible},
                           Head{U"实施单位", Column::responsible},
                           Head{U"时限", Column::time},
                           Head{U"时间", Column::time},
                           Head{U"期限", Column::time},
                           Head{U"节点", Column::time},
                           Head{U"目标", Column::goal},
                           Head{U"成果", Column::goal},
                           Head{U"成效", Column::goal},
                           Head{U"类别", Column::group},
                           Head{U"领域", Column::group},
                           Head{U"板块", Column::group},
                           Head{U"方面", Column::group},
                           Head{U"举措", Column::text},
                           Head{U"措施", Column::text},
                           Head{U"任务", Column::text},
                           Head{U"内容", Column::text},
                           Head{U"事项", Column::text},
                           Head{U"工作", Column::text},
                           Head{U"项目", Column::text}};

Column columnOf(Words head) {
  for (const Head& each : heads) {
    if (head.find(each.word) != Words::npos) return each.column;
  }
  return Column::other;
}

class Tables {
 public:
  std::vector<TableItem> all(const Outline& outline) {
    node(*outline.root);
    return std::move(items_);
  }

 private:
  void node(const Node& at) {
    columns_.clear();
    group_.clear();
    for (const TableRow& row : at.rows) {
      if (readHead(row)) continue;
      if (!columns_.empty()) readRow(at, row);
    }
    for (const auto& child : at.children) node(*child);
  }

  bool readHead(const TableRow& row) {
    std::vector<Column> columns;
    for (const auto& cell : row.cells) columns.push_back(cell.size() > 16 ? Column::other : columnOf(cell));
    const auto has = [&](Column column) { return std::ranges::find(columns, column) != columns.end(); };
    if (!has(Column::text) || !(has(Column::lead) || has(Column::responsible))) return false;
    // Of two columns with texts the first groups them.
    const auto first = std::ranges::find(columns, Column::text);
    if (std::find(first + 1, columns.end(), Column::text) != columns.end()) *first = Column::group;
    columns_ = std::move(columns);
    return true;
  }

  void readRow(const Node& at, const TableRow& row) {
    TableItem item;
    item.node = &at;
    item.line = row.line;
    std::vector<std::u32string> responsible;
    bool lead_column = false;
    for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
      const std::u32string& cell = row.cells[i];
      switch (columns_[i]) {
        case Column::number: item.number = cell; break;
        case Column::group:
          if (!cell.empty()) group_ = cell;
          break;
        case Column::text:
          if (!item.text.empty()) item.text += U"。";
          item.text += cell;
          break;
        case Column::goal: item.goal += cell; break;
        case Column::lead:
          lead_column = true;
          readUnits(cell, item.duty.leads, item.duty);
          break;
        case Column::responsible: readUnits(cell, responsible, item.duty); break;
        case Column::assist: readUnits(cell, item.duty.assisting, item.duty); break;
        case Column::area:
          for (const Words name : pieces(cell, U"、，,；; \u3000")) item.duty.areas.emplace_back(name);
          break;
        case Column::time:
          if (!cell.empty()) item.duty.times.push_back(cell);
          break;
        case Column::other: break;
      }
    }
    auto& into = lead_column ? item.duty.assisting : item.duty.leads;
    into.insert(into.end(), responsible.begin(), responsible.end());
    item.section = group_;
    if (bare(item.text).empty()) return;  // a row that only names a group
    items_.push_back(std::move(item));
  }

  std::vector<Column> columns_;
  std::u32string group_;
  std::vector<TableItem> items_;
};

}  // namespace

std::vector<TableItem> tableItems(const Outline& outline) { return Tables().all(outline); }

}  // namespace jinyue::planning
