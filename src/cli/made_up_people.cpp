#include "cli/made_up_people.h"

#include <array>

#include <fmt/format.h>

#include "cli/office.h"

namespace jinyue::cli {
namespace {

struct MadeUp {
  const char* login;
  const char* name;
  const char* unit;
  const char* role;
};

/// Nobody of them exists.
constexpr std::array people{
    MadeUp{"zuoxi", "示例坐席", "12345", "agent"},
    MadeUp{"zhuanban", "示例转办员", "12345", "dispatcher"},
    MadeUp{"huifang", "示例回访员", "12345", "caller"},
    MadeUp{"heshi", "示例核实员", "12345", "verifier"},
    MadeUp{"chengguan", "示例承办人员", "市城市管理局", "dispatcher"},
    MadeUp{"chuangkou", "示例窗口人员", "政务服务窗口", "clerk"},
    MadeUp{"shencha", "示例审查员", "市市场监管局", "reviewer"},
    MadeUp{"jueding", "示例决定人", "市市场监管局", "decider"},
    MadeUp{"duban", "示例督办员", "市营商环境建设局", "supervisor"},
    MadeUp{"dengji", "示例登记员", "市民政局", "registrar"},
    MadeUp{"fuhe", "示例登记复核员", "市民政局", "registrar-chief"},
    MadeUp{"xitong", "示例系统管理员", "市大数据局", "system-admin"},
    MadeUp{"anquan", "示例安全管理员甲", "市大数据局", "security-admin"},
    MadeUp{"anquan2", "示例安全管理员乙", "市大数据局", "security-admin"},
    MadeUp{"shenji", "示例审计管理员", "市审计局", "audit-admin"},
};

}  // namespace

std::string randomPassword(const ledger::RandomFn& random) {
  constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string password;
  while (password.size() < 16) {
    for (const char c : random(32)) {
      const auto value = static_cast<unsigned char>(c);
      if (value < 4 * letters.size() && password.size() < 16) password += letters[value % letters.size()];
    }
  }
  return password + "-aA7";  // one of each class, whatever chance gave
}

Result<void> makeUpPeople(Office& office, const ledger::RandomFn& random, const std::string& path) {
  std::string list =
      "# 示例账号，人物均为虚构；密码在生成演示时产生。Made-up accounts; their passwords were made with the "
      "demonstration.\n";
  const auto book = office.packs().roleBook();
  for (const MadeUp& person : people) {
    if (!book->find(person.role)) continue;
    identity::NewAccount account;
    account.kind = identity::AccountKind::officer;
    account.login = person.login;
    account.unit = person.unit;
    account.personal.name = person.name;
    account.password = randomPassword(random);
    const auto made = office.accounts().createByOperator(account, false);
    if (!made) return std::unexpected(made.error());
    if (const auto granted = office.grants().grantByOperator({made->id, person.role, {}, {}, {}}); !granted)
      return std::unexpected(granted.error());
    list += fmt::format("{:<10} {}  {} {} ({})\n", person.login, account.password, person.unit, person.name,
                        person.role);
  }
  return writeSecret(path, list);
}

}  // namespace jinyue::cli
