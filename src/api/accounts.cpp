// /accounts: who there is. Each change asks for account.manage in the unit of the account; identity itself
// checks that, too.

#include "api/bodies.h"
#include "api/endpoint.h"
#include "api/paging.h"
#include "api/resource.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct AccountPath {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(AccountPath, (), (id))

struct AccountQuery : PageQuery {
  std::optional<std::string> unit;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.push_back(
        {"unit",
         {"单位；权限限于某些单位时必填", "unit; needed when the permission is for some units only"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (PageQuery), (unit))

struct SearchBody {
  identity::FieldClass field = identity::FieldClass::phone;
  std::string value;
  static std::vector<About> about() {
    return {{"field", {"phone 或 id_number", "phone or id_number"}, R"("phone")"},
            {"value", {"完整的值", "the whole value"}, {}, 1, 100}};
  }
};
BOOST_DESCRIBE_STRUCT(SearchBody, (), (field, value))

struct Found {
  std::vector<identity::Account> items;
};
BOOST_DESCRIBE_STRUCT(Found, (), (items))

struct PasswordResetBody {
  std::string password;
  bool drop_second_factor = false;
  static std::vector<About> about() {
    return {{"password",
             {"临时密码，下次登录须修改", "temporary; must be changed at the next sign-in"},
             {},
             1,
             1000},
            {"drop_second_factor", {"同时取消动态口令", "takes the one-time codes away, too"}}};
  }
};
BOOST_DESCRIBE_STRUCT(PasswordResetBody, (), (password, drop_second_factor))

struct MandateBody {
  std::string firm;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  std::string basis;
  static std::vector<About> about() {
    return {{"firm", {"统一社会信用代码", "unified social credit code"}, R"("91210200MA0QCQ8T3K")", 18, 18},
            {"basis", {"依据，如委托书编号", "what it rests on"}, {}, 1, 300}};
  }
};
BOOST_DESCRIBE_STRUCT(MandateBody, (), (firm, valid_from, valid_to, basis))

struct MandatePath {
  std::int64_t id = 0;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(MandatePath, (), (id, number))

struct MandateEnd {
  Date last_day;
};
BOOST_DESCRIBE_STRUCT(MandateEnd, (), (last_day))

Problem unknownAccount(std::int64_t id) {
  return {ProblemKind::not_found,
          "account.unknown",
          {"没有这个账号", "there is no such account"},
          std::to_string(id),
          {},
          {}};
}

class Accounts {
 public:
  explicit Accounts(const Rooms& rooms) : rooms_(rooms) {}

  /// An account in reach, or as if there were none.
  Result<identity::Account> find(Call& call, std::int64_t id) const {
    auto account = rooms_.accounts.find(id);
    if (!account || !call.may({account->unit, {}, {}, {}})) return std::unexpected(unknownAccount(id));
    return account;
  }

  /// The version after a change that gave no account back.
  Result<Answer<Written>> written(Result<void> done, std::int64_t id) const {
    if (!done) return std::unexpected(std::move(done).error());
    const auto account = rooms_.accounts.find(id);
    const std::int64_t version = account ? account->version : 0;
    return Answer<Written>({id, version, false}, version);
  }

  Result<Answer<Listing<identity::Account>>> list(Call& call, const AccountQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    const identity::RowScope scope = call.scope();
    if (!scope.isEverything() && (!query.unit || !scope.admits({*query.unit, {}, {}, {}}))) {
      return refuse(ProblemKind::forbidden, "access.out-of-scope",
                    {"请给出权限范围内的单位", "name a unit that is within your scope"}, "unit");
    }
    return listingOf(rooms_.accounts.list(query.unit, *page),
                     [](const identity::Account& account) { return account; });
  }

  Result<Answer<Found>> search(Call& call, const SearchBody& body) const {
    Found found;
    for (const identity::AccountId id : rooms_.accounts.findByPersonal(body.field, body.value)) {
      auto account = rooms_.accounts.find(id);
      if (account && call.may({account->unit, {}, {}, {}})) found.items.push_back(std::move(*account));
    }
    call.foundInReach();
    return found;
  }

  Result<Answer<Written>> change(Call& call, std::int64_t id, const identity::AccountChange& change) const {
    const auto account = find(call, id);
    if (!account) return std::unexpected(account.error());
    if (call.expected_version.value_or(account->version) != account->version) {
      return refuse(ProblemKind::conflict, "account.changed",
                    {"账号已被修改", "the account has been changed meanwhile"});
    }
    auto changed = rooms_.accounts.change(*call.caller, id, change);
    if (!changed) return std::unexpected(std::move(changed).error());
    return Answer<Written>({id, changed->version, false}, changed->version);
  }

 private:
  Rooms rooms_;
};

Resource managed() {
  return {"accounts", "/accounts", needs(Permission::account_manage, Reach::thing), Repeats::by_store};
}

void addMandates(Endpoints& endpoints, const Rooms& rooms, const std::shared_ptr<const Accounts>& accounts) {
  endpoints.add(
      managed().get("/{id}/mandates", "listMandates", {"代办授权", "authorisations to act for firms"}),
      [rooms, accounts](Call& call, const In<AccountPath>& in) -> Result<Answer<Mandates>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        return Mandates{rooms.accounts.mandates(in.path.id)};
      });
  endpoints.add(
      managed().post("/{id}/mandates", "addMandate", {"登记代办授权", "adds an authorisation"}),
      [rooms, accounts](Call& call, const In<AccountPath, None, MandateBody>& in) -> Result<Answer<Written>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        auto mandate = rooms.accounts.addMandate(
            *call.caller, in.path.id, {0, in.body.firm, in.body.valid_from, in.body.valid_to, in.body.basis});
        if (!mandate) return std::unexpected(std::move(mandate).error());
        return accounts->written({}, in.path.id);
      });
  endpoints.add(
      managed().post("/{id}/mandates/{number}/end", "endMandate", {"终止代办授权", "ends an authorisation"}),
      [rooms, accounts](Call& call, const In<MandatePath, None, MandateEnd>& in) -> Result<Answer<Written>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        return accounts->written(
            rooms.accounts.endMandate(*call.caller, in.path.id, in.path.number, in.body.last_day),
            in.path.id);
      });
}

void addPersonal(Endpoints& endpoints, const Rooms& rooms, const std::shared_ptr<const Accounts>& accounts) {
  auto reads = managed().post(
      "/{id}/personal", "readAccountPersonal",
      {"查看账号的个人信息原文（须说明目的，留痕）", "personal data in the clear, for a purpose; audited"});
  reads.access = needs(Permission::personal_read, Reach::thing);
  reads.repeats = Repeats::harmless;
  endpoints.add(
      reads,
      [rooms, accounts](Call& call,
                        const In<AccountPath, None, PurposeBody>& in) -> Result<Answer<identity::Personal>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        auto personal = rooms.accounts.readPersonal(*call.caller, in.path.id, in.body.purpose);
        if (!personal) return std::unexpected(std::move(personal).error());
        Answer<identity::Personal> answer(std::move(*personal));
        answer.secret = true;
        return answer;
      });
  auto exports = managed().post(
      "/{id}/export", "exportAccountData",
      {"导出某人的全部数据（须说明目的，留痕）", "a copy of everything kept about a person; audited"});
  exports.access = needs(Permission::personal_read, Reach::thing);
  exports.repeats = Repeats::harmless;
  exports.gives = {"application/json"};
  endpoints.add(exports,
                [rooms, accounts](Call& call,
                                  const In<AccountPath, None, PurposeBody>& in) -> Result<Answer<Download>> {
                  if (auto account = accounts->find(call, in.path.id); !account)
                    return std::unexpected(std::move(account).error());
                  auto document = rooms.personal_data.exportOf(*call.caller, in.path.id, in.body.purpose);
                  if (!document) return std::unexpected(std::move(document).error());
                  Answer<Download> answer(
                      {"application/json", fmt::format("account-{}.json", in.path.id), std::move(*document)});
                  answer.secret = true;
                  return answer;
                });
  auto erases =
      managed().post("/{id}/erasure", "eraseAccountData",
                     {"删除某人的个人信息（不可恢复）", "erases a person's personal data for ever"});
  erases.repeats = Repeats::harmless;
  endpoints.add(
      erases,
      [rooms, accounts](Call& call,
                        const In<AccountPath, None, ReasonBody>& in) -> Result<Answer<identity::Erased>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        auto erased = rooms.personal_data.erase(*call.caller, in.path.id, in.body.reason);
        if (!erased) return std::unexpected(std::move(erased).error());
        return std::move(*erased);
      });
}

}  // namespace

void addAccounts(Endpoints& endpoints, const Rooms& rooms) {
  const auto accounts = std::make_shared<const Accounts>(rooms);
  auto lists = managed().get("", "listAccounts", {"账号列表", "accounts"});
  lists.access = needs(Permission::account_manage, Reach::rows);
  endpoints.add(lists, [accounts](Call& call, const In<None, AccountQuery>& in) {
    return accounts->list(call, in.query);
  });
  endpoints.add(
      managed().get("/{id}", "readAccount", {"一个账号，个人信息已掩码", "an account; personal data masked"}),
      [accounts](Call& call, const In<AccountPath>& in) -> Result<Answer<identity::Account>> {
        auto account = accounts->find(call, in.path.id);
        if (!account) return std::unexpected(std::move(account).error());
        const std::int64_t version = account->version;
        return Answer<identity::Account>(std::move(*account), version);
      });
  auto searches =
      managed().post("/search", "findAccounts",
                     {"按电话或证件号查找（精确）", "finds accounts by a whole phone or ID number"});
  searches.repeats = Repeats::harmless;
  endpoints.add(searches, [accounts](Call& call, const In<None, None, SearchBody>& in) {
    return accounts->search(call, in.body);
  });
  auto creates = managed().post("", "createAccount", {"新建账号", "creates an account"});
  creates.status = 201;
  endpoints.add(
      creates,
      [rooms](Call& call, const In<None, None, identity::NewAccount>& in) -> Result<Answer<Written>> {
        call.foundInReach();  // identity asks for the permission in the unit of the new account
        auto account = rooms.accounts.create(*call.caller, in.body);
        if (!account) return std::unexpected(std::move(account).error());
        Answer<Written> answer({account->id, account->version, false}, account->version);
        answer.location = fmt::format("{}/accounts/{}", api_root, account->id);
        return answer;
      });
  auto changes =
      managed().of(http::Method::patch, "/{id}", "changeAccount", {"修改账号", "changes an account"});
  changes.changes_version = true;
  endpoints.add(changes, [accounts](Call& call, const In<AccountPath, None, identity::AccountChange>& in) {
    return accounts->change(call, in.path.id, in.body);
  });
  endpoints.add(
      managed().post("/{id}/disabling", "disableAccount", {"停用账号，结束其会话", "disables an account"}),
      [rooms, accounts](Call& call, const In<AccountPath, None, ReasonBody>& in) -> Result<Answer<Written>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        return accounts->written(rooms.accounts.disable(*call.caller, in.path.id, in.body.reason),
                                 in.path.id);
      });
  endpoints.add(
      managed().post("/{id}/enabling", "enableAccount",
                     {"启用账号，解除锁定", "enables an account, ends a lock-out"}),
      [rooms, accounts](Call& call, const In<AccountPath, None, ReasonBody>& in) -> Result<Answer<Written>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        return accounts->written(rooms.accounts.enable(*call.caller, in.path.id, in.body.reason), in.path.id);
      });
  endpoints.add(
      managed().post("/{id}/password", "resetPassword", {"设置临时密码", "sets a temporary password"}),
      [rooms, accounts](Call& call,
                        const In<AccountPath, None, PasswordResetBody>& in) -> Result<Answer<Written>> {
        if (auto account = accounts->find(call, in.path.id); !account)
          return std::unexpected(std::move(account).error());
        return accounts->written(rooms.accounts.resetPassword(*call.caller, in.path.id, in.body.password,
                                                              in.body.drop_second_factor),
                                 in.path.id);
      });
  addMandates(endpoints, rooms, accounts);
  addPersonal(endpoints, rooms, accounts);
}

}  // namespace jinyue::api
