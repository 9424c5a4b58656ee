// /open/boards: the boards of projects under public supervision, for who does not know their names.

#include "api/open_boards.h"

#include <map>

#include "api/endpoint.h"
#include "api/plan_rows.h"

namespace jinyue::api {
namespace {

struct BoardLine {
  std::string board;
  Text title;
  int projects = 0;
  std::optional<Date> announced;
  static std::vector<About> about() {
    return {{"announced", {"最近一次公示", "when a project was last announced"}}};
  }
};
BOOST_DESCRIBE_STRUCT(BoardLine, (), (board, title, projects, announced))
struct BoardList {
  std::vector<BoardLine> items;
};
BOOST_DESCRIBE_STRUCT(BoardList, (), (items))

}  // namespace

void addBoards(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/open/boards",
       .name = "listBoards",
       .tag = "open",
       .summary = {"有哪些公示板", "which public boards there are"},
       .access = anyone()},
      [rooms](Call& call, const In<>&) -> Result<Answer<BoardList>> {
        const Date today = dateOf(call.now);
        std::map<std::string, BoardLine> boards;
        for (const PlanCase& row :
             planCases(rooms.store, rooms.engine.seal(), "project", store::everything(), std::nullopt)) {
          const Variables variables(row.variables);
          const auto announced = variables.date("announced_on");
          const std::string name = variables.text("board");
          if (name.empty() || !announced || *announced > today) continue;
          BoardLine& line = boards[name];
          line.board = name;
          ++line.projects;
          const bool newest = !line.announced || *line.announced <= *announced;
          if (Text title = boardTitleOf(variables); !title.zh.empty() && (newest || line.title.zh.empty()))
            line.title = std::move(title);
          if (newest) line.announced = announced;
        }
        BoardList list;
        for (auto& [name, line] : boards) {
          if (line.title.zh.empty()) line.title = {name, name};
          list.items.push_back(std::move(line));
        }
        return list;
      });
}

}  // namespace jinyue::api
