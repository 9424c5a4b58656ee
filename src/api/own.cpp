// /me: what one may do, and one's own data.

#include "api/bodies.h"
#include "api/endpoint.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

struct HeldView {
  std::string role;
  Text title;
  identity::Scope scope;
  std::vector<identity::Permission> permissions;
};
BOOST_DESCRIBE_STRUCT(HeldView, (), (role, title, scope, permissions))

struct OwnView {
  std::int64_t account = 0;
  std::string login;
  identity::AccountKind kind = identity::AccountKind::officer;
  std::string unit;
  Text unit_name;
  std::vector<std::string> posts;
  std::vector<HeldView> roles;
  std::vector<identity::Permission> permissions;
  std::vector<std::string> firms;
  identity::Personal masked;
  std::string language;
  identity::Duty duty = identity::Duty::none;
  static std::vector<About> about() {
    return {{"permissions", {"在某处拥有的全部权限", "every permission held somewhere"}},
            {"firms", {"今天可以代办的企业", "firms that one may act for today"}},
            {"masked", {"个人信息，已掩码", "personal data, masked"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OwnView, (),
                      (account, login, kind, unit, unit_name, posts, roles, permissions, firms, masked,
                       language, duty))

struct PersonalView {
  std::string name;
  std::string phone;
  std::string id_number;
  std::string email;
};
BOOST_DESCRIBE_STRUCT(PersonalView, (), (name, phone, id_number, email))

struct OwnChange {
  std::optional<std::string> language;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> email;
  static std::vector<About> about() {
    return {{"language", {"zh 或 en", "zh or en"}, R"("zh")"},
            {"name", {"姓名", "name"}, {}, 1, 100},
            {"phone", {"电话", "telephone"}, {}, 1, 40},
            {"email", {"邮箱", "mail"}, {}, 1, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(OwnChange, (), (language, name, phone, email))

struct OwnGrants {
  std::vector<identity::Grant> items;
};
BOOST_DESCRIBE_STRUCT(OwnGrants, (), (items))

Result<Answer<OwnView>> show(const Rooms& rooms, const Call& call) {
  const identity::Caller& caller = *call.caller;
  const auto account = rooms.accounts.find(caller.id);
  if (!account) return std::unexpected(account.error());
  const auto book = rooms.roles();
  OwnView view;
  view.account = caller.id;
  view.login = caller.login;
  view.kind = caller.kind;
  view.unit = caller.unit;
  view.unit_name = rooms.names.unit(caller.unit, call.now);
  view.posts = caller.posts;
  view.firms = caller.firms;
  view.masked = account->masked;
  view.language = account->language;
  view.duty = caller.duty;
  for (const identity::HeldRole& held : caller.held) {
    const identity::Role* role = book->find(held.role);
    HeldView each{held.role, role ? role->title : Text{}, held.scope, {}};
    for (const identity::Permission permission : identity::allPermissions()) {
      if (held.permissions.has(permission)) each.permissions.push_back(permission);
    }
    view.roles.push_back(std::move(each));
  }
  for (const identity::Permission permission : identity::allPermissions()) {
    if (caller.may(permission)) view.permissions.push_back(permission);
  }
  return Answer<OwnView>(std::move(view), account->version);
}

Result<Answer<Written>> change(const Rooms& rooms, const Call& call, const OwnChange& body) {
  identity::AccountChange change;
  change.language = body.language;
  if (body.name || body.phone || body.email) {
    auto personal = rooms.accounts.readPersonal(*call.caller, call.caller->id, {});
    if (!personal) return std::unexpected(std::move(personal).error());
    personal->name = body.name.value_or(personal->name);
    personal->phone = body.phone.value_or(personal->phone);
    personal->email = body.email.value_or(personal->email);
    change.personal = std::move(*personal);
  }
  auto changed = rooms.accounts.change(*call.caller, call.caller->id, change);
  if (!changed) return std::unexpected(std::move(changed).error());
  return Answer<Written>({changed->id, changed->version, false}, changed->version);
}

}  // namespace

void addOwn(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/me",
                 .name = "readMe",
                 .tag = "me",
                 .summary = {"我的账号、角色和权限", "one's own account, roles and permissions"},
                 .access = signedIn()},
                [rooms](Call& call, const In<>&) { return show(rooms, call); });
  endpoints.add(
      {.method = http::Method::patch,
       .path = "/me",
       .name = "changeMe",
       .tag = "me",
       .summary = {"修改我的语言和联系方式", "changes one's own language and contact data"},
       .access = signedIn(),
       .repeats = Repeats::by_store},
      [rooms](Call& call, const In<None, None, OwnChange>& in) { return change(rooms, call, in.body); });
  endpoints.add(
      {.path = "/me/personal",
       .name = "readOwnPersonal",
       .tag = "me",
       .summary = {"我的个人信息原文", "one's own personal data in the clear"},
       .access = signedIn()},
      [rooms](Call& call, const In<>&) -> Result<Answer<PersonalView>> {
        auto personal = rooms.accounts.readPersonal(*call.caller, call.caller->id, {});
        if (!personal) return std::unexpected(std::move(personal).error());
        Answer<PersonalView> answer({personal->name, personal->phone, personal->id_number, personal->email});
        answer.secret = true;
        return answer;
      });
  endpoints.add({.path = "/me/grants",
                 .name = "listOwnGrants",
                 .tag = "me",
                 .summary = {"授予我的角色", "roles granted to oneself"},
                 .access = signedIn()},
                [rooms](Call& call, const In<>&) -> Result<Answer<OwnGrants>> {
                  return OwnGrants{rooms.grants.of(call.caller->id)};
                });
  endpoints.add({.path = "/me/mandates",
                 .name = "listOwnMandates",
                 .tag = "me",
                 .summary = {"我可以代办的企业授权", "authorisations to act for firms"},
                 .access = signedIn()},
                [rooms](Call& call, const In<>&) -> Result<Answer<Mandates>> {
                  return Mandates{rooms.accounts.mandates(call.caller->id)};
                });
  endpoints.add({.path = "/me/export",
                 .name = "exportOwnData",
                 .tag = "me",
                 .summary = {"导出我的全部数据", "a copy of everything that is kept about oneself"},
                 .access = signedIn(),
                 .gives = {"application/json"}},
                [rooms](Call& call, const In<>&) -> Result<Answer<Download>> {
                  auto document = rooms.personal_data.exportOf(*call.caller, call.caller->id, {});
                  if (!document) return std::unexpected(std::move(document).error());
                  Answer<Download> answer({"application/json", "jinyue-me.json", std::move(*document)});
                  answer.secret = true;
                  return answer;
                });
  endpoints.add(
      {.method = http::Method::post,
       .path = "/me/erasure",
       .name = "eraseOwnData",
       .tag = "me",
       .summary = {"删除我的个人信息（不可恢复，账号停用）", "erases one's own personal data for ever"},
       .access = signedIn(),
       .repeats = Repeats::harmless},
      [rooms](Call& call, const In<None, None, ReasonBody>& in) -> Result<Answer<identity::Erased>> {
        auto erased = rooms.personal_data.erase(*call.caller, call.caller->id, in.body.reason);
        if (!erased) return std::unexpected(std::move(erased).error());
        return std::move(*erased);
      });
}

}  // namespace jinyue::api
