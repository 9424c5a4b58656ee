// jinyue account: the first accounts of a city, and help when nobody can get in. Everything else is done by
// people who are signed in.

#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/made_up_people.h"
#include "cli/office.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

struct NewOfficer {
  CityOptions city;
  std::string login;
  std::string unit;
  std::string name;
  std::vector<std::string> roles;
};

int createAccount(const NewOfficer& wanted) {
  OfficeOptions options;
  options.city = wanted.city;
  const auto office = Office::open(options);
  if (!office) return refused(office.error());
  const auto password = randomPassword(options.random, wanted.login);
  identity::NewAccount account;
  account.kind = identity::AccountKind::officer;
  account.login = wanted.login;
  account.unit = wanted.unit;
  account.personal.name = wanted.name;
  account.password = password;
  const auto made = (*office)->accounts().createByOperator(account);
  if (!made) return refused(made.error());
  for (const std::string& role : wanted.roles) {
    if (const auto granted = (*office)->grants().grantByOperator({made->id, role, {}, {}, {}}); !granted)
      return refused(granted.error());
  }
  fmt::print("{}\n", password);
  fmt::print(stderr, "{} ({}): 首次登录须修改此密码 / this password must be changed at the first sign-in\n",
             wanted.login, made->id);
  return 0;
}

int grantRole(const NewOfficer& wanted) {
  OfficeOptions options;
  options.city = wanted.city;
  const auto office = Office::open(options);
  if (!office) return refused(office.error());
  const auto id = (*office)->accounts().findByLogin(wanted.login);
  if (!id) {
    return refused({ProblemKind::not_found,
                    "account.unknown",
                    {"没有这个账号", "there is no such account"},
                    wanted.login,
                    {},
                    {}});
  }
  for (const std::string& role : wanted.roles) {
    const auto granted = (*office)->grants().grantByOperator({*id, role, {}, {}, {}});
    if (!granted) return refused(granted.error());
    fmt::print("{} {} #{}\n", wanted.login, role, granted->number);
  }
  return 0;
}

}  // namespace

void addAccount(CLI::App& app, int& exit_code) {
  auto* account = app.add_subcommand("account", "the first accounts of a city / 首批账号");
  account->require_subcommand(1);
  const auto wanted = std::make_shared<NewOfficer>();
  auto* create = account->add_subcommand(
      "create", "creates an officer's account and prints its first password / 新建账号并输出初始密码");
  addPlace(*create, wanted->city);
  create->add_option("LOGIN", wanted->login, "account name / 账号")->required();
  create->add_option("--unit", wanted->unit, "unit / 单位")->required();
  create->add_option("--name", wanted->name, "name of the person / 姓名");
  create->add_option(
      "--role", wanted->roles,
      "role for the whole city; may be given again / 角色: system-admin, security-admin, audit-admin …");
  create->callback([wanted, &exit_code] { exit_code = createAccount(*wanted); });
  auto* grant = account->add_subcommand("grant", "grants roles for the whole city / 授予角色");
  addPlace(*grant, wanted->city);
  grant->add_option("LOGIN", wanted->login, "account name / 账号")->required();
  grant->add_option("--role", wanted->roles, "role; may be given again / 角色")->required();
  grant->callback([wanted, &exit_code] { exit_code = grantRole(*wanted); });
}

}  // namespace jinyue::cli
