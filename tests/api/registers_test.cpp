// Registers over the interface: as of a day, proposed, approved, published, imported, public.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace registers_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

class RegistersTest : public testing::Test {
 protected:
  RegistersTest() {
    const auto pack = packs::readPack(JINYUE_SOURCE_DIR "/packs/dalian");
    if (!pack) throw std::runtime_error(describe(pack.error()));
    const auto deployed = city.office().deploy(*pack);
    if (!deployed) throw std::runtime_error(describe(deployed.error()));
    city.officer("registrar", "市民政局", {{"registrar"}});
    city.officer("chief", "市民政局", {{"registrar-chief"}});
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  static constexpr const char* new_region =
      R"({"title":"新街道","changes":[{"kind":"put","valid_from":"2026-10-01","entry":{"code":"210202099","name":"示例新街道","kind":"street","parent":"210202","counted":false,"confirmed":false,"source":"示例"}}]})";

  ServedCity city;
};

TEST_F(RegistersTest, SeedsAreThereAndOpenToEverybodyAsFarAsDeclared) {
  Person nobody = city.nobody();
  const Answer open = nobody.get("/open/registers");
  EXPECT_NE(open.body.find("regions"), std::string::npos);
  EXPECT_EQ(open.body.find("\"people\""), std::string::npos) << open.body;
  const Answer entry = nobody.get("/open/registers/regions/entries/210202");
  EXPECT_EQ(at(entry, "/entry/name"), "中山区") << entry.body;
  EXPECT_EQ(nobody.get("/open/registers/people/entries").status, 404);
  EXPECT_EQ(nobody.get("/registers/people/entries").status, 401);
  const Answer table = nobody.get("/open/registers/regions/export");
  EXPECT_EQ(table.status, 200);
  EXPECT_NE(table.header("content-disposition").find("regions-2026-09-21.csv"), std::string::npos);
}

TEST_F(RegistersTest, AChangeTakesTwoPeopleAndItsDay) {
  Person registrar = city.signIn("registrar");
  const Answer proposed = registrar.post("/registers/regions/proposals", body(new_region));
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const std::string path = "/registers/regions/proposals/" + at(proposed, "/id");
  EXPECT_EQ(registrar.post(path + "/approval").status, 403);  // has no such permission
  Person chief = city.signIn("chief");
  EXPECT_EQ(at(chief.get(path + "/changes"), "/items/0/key"), "210202099");
  EXPECT_EQ(chief.post(path + "/publication").status, 409);  // nobody approved it yet
  ASSERT_EQ(chief.post(path + "/approval").status, 200);
  EXPECT_EQ(at(chief.get(path), "/proposer_name"), "示例人员");
  EXPECT_EQ(at(chief.get("/registers/regions/proposals?status=approved"), "/items/0/approver_name"),
            "示例人员");
  ASSERT_EQ(chief.post(path + "/publication").status, 200);
  EXPECT_EQ(chief.get("/registers/regions/entries/210202099").status, 404);  // not before its day
  const Answer then = chief.get("/registers/regions/entries/210202099?as_of=2026-10-01");
  EXPECT_EQ(at(then, "/body/name"), "示例新街道") << then.body;
}

TEST_F(RegistersTest, ARepeatedProposalIsOneProposal) {
  Person registrar = city.signIn("registrar");
  Sent sent = body(new_region);
  sent.key = "proposal-1";
  const Answer first = registrar.post("/registers/regions/proposals", sent);
  const Answer second = registrar.post("/registers/regions/proposals", sent);
  EXPECT_EQ(at(second, "/id"), at(first, "/id")) << first.body << second.body;
  EXPECT_EQ(at(second, "/repeated"), "true");
  city.restart();
  Person again = city.signIn("registrar");
  EXPECT_EQ(at(again.post("/registers/regions/proposals", sent), "/id"), at(first, "/id"));
  sent.body = R"({"title":"另一个","changes":[{"kind":"retire","key":"210202","valid_to":"2026-12-31"}]})";
  EXPECT_EQ(at(again.post("/registers/regions/proposals", sent), "/code"), "key.used");
  EXPECT_EQ(json(again.get("/registers/regions/proposals")).at("items").as_array().size(), 1U);
}

TEST_F(RegistersTest, ATableIsCheckedAsAWholeAndImportedAsAWholeOrNotAtAll) {
  Person registrar = city.signIn("registrar");
  Sent table;
  table.media_type = "text/csv";
  table.key.clear();
  table.body =
      "code,name,kind,parent,counted,confirmed,source\n210202098,示例甲街道,street,210202,false,false,"
      "示例\nbad,,street,210202,maybe,false,示例\n";
  const Answer checked = registrar.post("/registers/regions/imports/check", table);
  ASSERT_EQ(checked.status, 200) << checked.body;
  EXPECT_EQ(at(checked, "/good"), "false");
  EXPECT_EQ(at(checked, "/errors/0/row"), "3") << checked.body;
  table.key = "import-1";
  EXPECT_EQ(registrar.post("/registers/regions/imports", table).status, 422);
  table.body =
      "code,name,kind,parent,counted,confirmed,source\n210202098,示例甲街道,street,210202,false,false,示例\n";
  const Answer imported = registrar.post("/registers/regions/imports", table);
  EXPECT_EQ(imported.status, 201) << imported.body;
  EXPECT_EQ(
      registrar.post("/registers/regions/imports", {.body = "{}", .media_type = "application/json"}).status,
      415);
}

TEST_F(RegistersTest, PersonalFieldsAreMasked) {
  city.officer("looks", "市民政局", {{"registrar"}, {"caller"}});
  Person registrar = city.signIn("registrar");
  const Answer people = registrar.get("/registers/people/entries?limit=1");
  ASSERT_EQ(people.status, 200) << people.body;
  const std::string key = at(people, "/items/0/key");
  EXPECT_NE(people.body.find("*"), std::string::npos) << people.body;
  EXPECT_EQ(
      registrar.post("/registers/people/entries/" + key + "/personal", body(R"({"purpose":"核对登记"})"))
          .status,
      403);
  Person looks = city.signIn("looks");
  const Answer clear =
      looks.post("/registers/people/entries/" + key + "/personal", body(R"({"purpose":"核对登记"})"));
  EXPECT_EQ(clear.status, 200) << clear.body;
  EXPECT_EQ(clear.body.find("*"), std::string::npos) << clear.body;
}

}  // namespace registers_test
}  // namespace jinyue::api
