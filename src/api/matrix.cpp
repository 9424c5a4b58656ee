#include "api/matrix.h"

namespace jinyue::api {
namespace {

constexpr std::string_view head = R"(# Who may do what

[中文](#谁可以做什么)

Made by `jinyue access-matrix` from the endpoints and the roles; do not edit. A test walks every endpoint with every role and
compares this page.

| mark | meaning |
| --- | --- |
| all | whatever it is: what the endpoint shows belongs to no unit, area or pack |
| rows | lists show what lies in the units, areas and packs of the grant; the scope is part of the query |
| one | the one thing that is named must lie in them, else there is no such thing (404) |
| own | what belongs to the caller |
| – | 403 |

Agents of firms and residents have `case.start`, `case.read`, `task.work`, `notice.read` and `search.read` for their own
matters without a role (column *party*). Everything but *anyone* needs a session (401).

# 谁可以做什么

由 `jinyue access-matrix` 根据接口和角色生成，请勿手改；测试会逐个接口、逐个角色核对，并比对本页。

| 标记 | 含义 |
| --- | --- |
| all | 不限范围：接口给出的内容不属于某个单位、区划或系统包 |
| rows | 列表只含授权的单位、区划、系统包之内的内容，范围写在查询里 |
| one | 所指对象须在范围之内，否则视为不存在（404） |
| own | 本人的内容 |
| – | 403 |

企业代办人和居民不需要角色即可办理自己的事项（*party* 列：`case.start`、`case.read`、`task.work`、`notice.read`、`search.read`）。除
*anyone* 外都须登录（401）。

)";

std::string cell(const AccessRule& access, bool has) {
  if (!has) return "–";
  switch (access.reach()) {
    case Reach::nothing: return "all";
    case Reach::rows: return "rows";
    case Reach::thing: return "one";
  }
  return {};
}

}  // namespace

std::string accessMatrix(const Endpoints& endpoints, const identity::RoleBook& roles) {
  std::string out{head};
  out += "## 角色 Roles\n\n| role | 名称 | title | permissions |\n| --- | --- | --- | --- |\n";
  for (const auto& [id, role] : roles.roles()) {
    std::string words;
    for (const identity::Permission permission : role.permissions)
      words += (words.empty() ? "`" : " `") + std::string{identity::wordOf(permission)} + '`';
    out += fmt::format("| {} | {} | {} | {} |\n", id, role.title.zh, role.title.en, words);
  }
  out += "\n## 接口 Endpoints\n\n| endpoint | needs | party |";
  std::string rule = "| --- | --- | --- |";
  for (const auto& [id, role] : roles.roles()) {
    out += fmt::format(" {} |", id);
    rule += " --- |";
  }
  out += '\n' + rule + '\n';
  for (const auto& endpoint : endpoints.all()) {
    const Description& described = endpoint->description;
    const AccessRule& access = described.access;
    const bool by_permission = access.kind() == AccessRule::Kind::permission;
    const std::string needs = access.kind() == AccessRule::Kind::open ? "anyone"
                              : by_permission ? fmt::format("`{}`", identity::wordOf(access.permission()))
                                              : "signed in";
    out += fmt::format("| {} `{}` | {} | {} |", http::toString(described.method), described.path, needs,
                       !by_permission                                ? "own"
                       : identity::isForParties(access.permission()) ? "own"
                                                                     : "–");
    for (const auto& [id, role] : roles.roles()) {
      out += fmt::format(
          " {} |", by_permission ? cell(access, roles.permissionsOf(id).has(access.permission())) : "own");
    }
    out += '\n';
  }
  return out;
}

}  // namespace jinyue::api
