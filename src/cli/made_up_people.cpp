#include "cli/made_up_people.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/office.h"

namespace jinyue::cli {
namespace {

struct MadeUpOfficer {
  const char* login;
  const char* name;
  const char* unit;
  const char* role;
  const char* area = "";  ///< empty: the whole city
};

/// Nobody of them exists.
constexpr std::array officers{
    MadeUpOfficer{"zuoxi", "示例坐席", "12345", "agent"},
    MadeUpOfficer{"zhuanban", "示例转办员", "12345", "dispatcher"},
    MadeUpOfficer{"huifang", "示例回访员", "12345", "caller"},
    MadeUpOfficer{"heshi", "示例核实员", "12345", "verifier"},
    MadeUpOfficer{"chengguan", "示例承办人员甲", "市城市管理局", "dispatcher"},
    MadeUpOfficer{"zhujian", "示例承办人员乙", "市住房城乡建设局", "dispatcher"},
    MadeUpOfficer{"renshe", "示例承办人员丙", "市人力资源和社会保障局", "dispatcher"},
    MadeUpOfficer{"chuangkou", "示例窗口人员", "政务服务窗口", "clerk"},
    MadeUpOfficer{"shencha", "示例审查员", "市市场监管局", "reviewer"},
    MadeUpOfficer{"jueding", "示例决定人", "市市场监管局", "decider"},
    MadeUpOfficer{"duban", "示例督办员", "市营商环境建设局", "supervisor"},
    MadeUpOfficer{"lingdao", "示例领导", "市营商环境建设局", "leader"},
    MadeUpOfficer{"zhongshan", "示例督办员（中山区）", "中山区人民政府", "supervisor", "210202"},
    MadeUpOfficer{"rexian", "示例热线坐席", "12345", "hotline-agent"},
    MadeUpOfficer{"paidan", "示例派单员", "12345", "hotline-dispatcher"},
    MadeUpOfficer{"zhongcai", "示例退单仲裁员", "12345", "arbiter"},
    MadeUpOfficer{"shenpi", "示例延期审批人", "12345", "approver"},
    MadeUpOfficer{"dianhua", "示例热线回访员", "12345", "callback"},
    MadeUpOfficer{"hecha", "示例热线核实员", "12345", "hotline-verifier"},
    MadeUpOfficer{"ducha", "示例热线督办员", "12345", "hotline-supervisor"},
    MadeUpOfficer{"genzong", "示例跟踪员", "12345", "follower"},
    MadeUpOfficer{"zhuanxi", "示例专席专员", "12345", "desk-officer"},
    MadeUpOfficer{"zhuanban1", "示例专班成员", "12345", "task-force"},
    MadeUpOfficer{"cgj", "示例承办人员（城管）", "dl-cgj", "handler"},
    MadeUpOfficer{"zjj", "示例承办人员（住建）", "dl-zjj", "handler"},
    MadeUpOfficer{"rsj", "示例承办人员（人社）", "dl-rsj", "handler"},
    MadeUpOfficer{"scjg", "示例承办人员（市监）", "dl-scjg", "handler"},
    MadeUpOfficer{"jiemian", "示例诫勉签发人", "12345", "warning-chief"},
    MadeUpOfficer{"shouli", "示例许可受理员", "政务服务窗口", "log-clerk"},
    MadeUpOfficer{"tongji", "示例统计分析员", "市营商环境建设局", "analyst"},
    MadeUpOfficer{"qianfa", "示例通报签发人", "市营商环境建设局", "report-chief"},
    MadeUpOfficer{"qicao", "示例方案起草员", "市营商环境建设局", "plan-editor"},
    MadeUpOfficer{"fangan", "示例方案负责人", "市营商环境建设局", "plan-chief"},
    MadeUpOfficer{"jiancha", "示例核查员", "市营商环境建设局", "plan-checker"},
    MadeUpOfficer{"duchashi", "示例督查员", "市政府督查室", "plan-supervisor"},
    MadeUpOfficer{"xiaozu", "示例领导小组办公室人员", "市营商环境领导小组办公室", "plan-leading-group"},
    // A plan names units as it was published, not by code.
    MadeUpOfficer{"shuju", "示例承办人员（市数据局）", "市数据局", "plan-unit"},
    MadeUpOfficer{"shijian", "示例承办人员（市市场监管局）", "市市场监管局", "plan-unit"},
    MadeUpOfficer{"gongshang", "示例承办人员（市工商联）", "市工商联", "plan-unit"},
    MadeUpOfficer{"gongxin", "示例承办人员（市工业和信息化局）", "市工业和信息化局", "plan-unit"},
    MadeUpOfficer{"shirong", "示例承办人员（市城市管理局）", "市城市管理局", "plan-unit"},
    MadeUpOfficer{"gongan", "示例承办人员（市公安局）", "市公安局", "plan-unit"},
    MadeUpOfficer{"shangwu", "示例承办人员（市商务局）", "市商务局", "plan-unit"},
    MadeUpOfficer{"zhongshanqu", "示例承办人员（中山区）", "中山区人民政府", "plan-unit"},
    MadeUpOfficer{"shahekou", "示例承办人员（沙河口区）", "沙河口区人民政府", "plan-unit"},
    MadeUpOfficer{"goutong", "示例沟通会议承办人", "dl-gsl", "dialogue-host"},
    MadeUpOfficer{"gongbu", "示例会议结果公布人", "dl-gsl", "dialogue-chief"},
    MadeUpOfficer{"dafu1", "示例问题答复人（市监）", "dl-scjg", "dialogue-unit"},
    MadeUpOfficer{"dafu2", "示例问题答复人（人社）", "dl-rsj", "dialogue-unit"},
    MadeUpOfficer{"dafu3", "示例问题答复人（城管）", "dl-cgj", "dialogue-unit"},
    MadeUpOfficer{"pingjia1", "示例评价填报人（市监）", "市市场监管局", "evaluator"},
    MadeUpOfficer{"pingjia2", "示例评价填报人（营商）", "市营商环境建设局", "evaluator"},
    MadeUpOfficer{"fuping1", "示例评价复评人甲", "市政府督查室", "evaluation-reviewer"},
    MadeUpOfficer{"fuping2", "示例评价复评人乙", "市政府督查室", "evaluation-reviewer"},
    MadeUpOfficer{"zhishi", "示例知识编辑", "12345", "knowledge-editor"},
    MadeUpOfficer{"shenhe", "示例知识审核", "12345", "knowledge-chief"},
    MadeUpOfficer{"dengji", "示例登记员", "市民政局", "registrar"},
    MadeUpOfficer{"fuhe", "示例登记复核员", "市民政局", "registrar-chief"},
    MadeUpOfficer{"xitong", "示例系统管理员", "市大数据局", "system-admin"},
    MadeUpOfficer{"anquan", "示例安全管理员甲", "市大数据局", "security-admin"},
    MadeUpOfficer{"anquan2", "示例安全管理员乙", "市大数据局", "security-admin"},
    MadeUpOfficer{"shenji", "示例审计管理员", "市审计局", "audit-admin"},
};

struct MadeUpResident {
  const char* login;
  const char* name;
  const char* id_number;  ///< the check character is right, the person does not exist
  const char* phone;
};
constexpr std::array residents{
    MadeUpResident{"shimin1", "示例市民甲", "210202199003070025", "13000000101"},
    MadeUpResident{"shimin2", "示例市民乙", "210202199104080038", "13000000102"},
};

/// The firms are those of packs/dalian/registers/firms.csv, made up like these.
struct MadeUpAgent {
  const char* login;
  const char* name;
  const char* phone;
  const char* firm;
  const char* basis;
  int days;  ///< how long the firm lets him act
};
constexpr std::array agents{
    MadeUpAgent{"daiban1", "示例代办人甲", "13000000201", "91210202MA0DEM013F", "示例授权书 1 号", 365},
    MadeUpAgent{"daiban2", "示例代办人乙", "13000000202", "91210211MA0DEM021B", "示例授权书 2 号", 365},
    // Over before the demonstration is shown: he finds nothing of the firm any more.
    MadeUpAgent{"daiban3", "示例代办人丙", "13000000203", "91210202MA0DEM013F", "示例授权书 3 号", 0},
};

class Making {
 public:
  Making(Office& office, const ledger::RandomFn& random) : office_(office), random_(random) {}

  Result<MadeUpPeople> run(Date from) {
    MadeUpPeople people;
    const auto book = office_.packs().roleBook();
    identity::Caller security;
    for (const MadeUpOfficer& each : officers) {
      if (!book->find(each.role)) continue;
      auto made =
          create(each.login, identity::AccountKind::officer, each.unit, {.name = each.name}, each.role);
      if (!made) return std::unexpected(std::move(made).error());
      made->roles = {each.role};
      identity::Scope scope;
      if (*each.area != '\0') scope.areas = {each.area};
      if (const auto granted = office_.grants().grantByOperator({made->account, each.role, scope, {}, {}});
          !granted)
        return std::unexpected(granted.error());
      if (std::string_view{each.role} == "security-admin") {
        security.id = made->account;
        security.held = {{each.role, book->permissionsOf(each.role), {}}};
      }
      people.officers.push_back(std::move(*made));
    }
    for (const MadeUpResident& each : residents) {
      auto made = create(each.login, identity::AccountKind::resident, "",
                         {.name = each.name, .phone = each.phone, .id_number = each.id_number}, "市民");
      if (!made) return std::unexpected(std::move(made).error());
      made->party = "person:" + office_.city().vault()->lookup("id_number", each.id_number);
      people.residents.push_back(std::move(*made));
    }
    for (const MadeUpAgent& each : agents) {
      auto made = create(each.login, identity::AccountKind::agent, "",
                         {.name = each.name, .phone = each.phone}, each.firm);
      if (!made) return std::unexpected(std::move(made).error());
      const auto added = office_.accounts().addMandate(
          security, made->account, {0, each.firm, from, from + std::chrono::days{each.days}, each.basis});
      if (!added) return std::unexpected(added.error());
      if (each.days == 0) continue;
      made->party = fmt::format("firm:{}", each.firm);
      people.agents.push_back(std::move(*made));
    }
    return people;
  }

  const std::string& list() const { return list_; }

 private:
  Result<MadeUpPerson> create(const char* login, identity::AccountKind kind, const char* unit,
                              identity::Personal personal, std::string_view what) {
    identity::NewAccount account;
    account.kind = kind;
    account.login = login;
    account.unit = unit;
    account.personal = std::move(personal);
    account.password = randomPassword(random_, account.login);
    const auto made = office_.accounts().createByOperator(account, false);
    if (!made) return std::unexpected(made.error());
    list_ += fmt::format("{:<10} {}  {}{}{} ({})\n", login, account.password, account.unit,
                         account.unit.empty() ? "" : " ", account.personal.name, what);
    return MadeUpPerson{made->id, account.personal.name, account.unit, {}, account.personal.phone, {}};
  }

  Office& office_;
  const ledger::RandomFn& random_;
  std::string list_ =
      "# 示例账号，人物和企业均为虚构；密码在生成演示时产生。Made-up accounts; their passwords were made "
      "with the "
      "demonstration.\n";
};

}  // namespace

std::string randomPassword(const ledger::RandomFn& random, std::string_view login) {
  constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string password;
  // Chance may put a short login name into it, which the rules refuse.
  for (int turn = 0; turn < 100 && !identity::checkPassword({}, password, login); ++turn) {
    password.clear();
    while (password.size() < 16) {
      for (const char c : random(32)) {
        const auto value = static_cast<unsigned char>(c);
        if (value < 4 * letters.size() && password.size() < 16) password += letters[value % letters.size()];
      }
    }
    password += "-aA7";  // one of each class, whatever chance gave
  }
  return password;
}

Result<MadeUpPeople> makeUpPeople(Office& office, const ledger::RandomFn& random, Date from,
                                  const std::string& path) {
  Making making(office, random);
  auto people = making.run(from);
  if (!people) return people;
  if (auto written = writeSecret(path, making.list()); !written) return std::unexpected(written.error());
  return people;
}

}  // namespace jinyue::cli
