// Packs over the interface: looked at, checked, deployed, cases migrated.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

class PacksTest : public testing::Test {
 protected:
  PacksTest() {
    city.officer("xitong", "市大数据局", {{"system-admin"}});
    city.officer("zuoxi", "12345", {{"agent"}});
  }
  /// The demonstration as a body, with one text changed in one file.
  static Sent demonstration(const std::string& path, const std::string& from, const std::string& to) {
    const auto reading = packs::readPack(JINYUE_SOURCE_DIR "/packs/demonstration");
    std::vector<packs::PackFile> files = reading->pack.files;
    for (packs::PackFile& file : files) {
      if (file.path != path) continue;
      const auto at = file.text.find(from);
      if (at == std::string::npos) throw std::runtime_error(path + " has no " + from);
      file.text.replace(at, from.size(), to);
    }
    return {.body = R"({"files":)" + toJson(files) + '}', .key = ""};
  }

  ServedCity city;
};

TEST_F(PacksTest, AnybodySignedInSeesWhatCanBeAskedFor) {
  Person zuoxi = city.signIn("zuoxi");
  const Answer packs = zuoxi.get("/packs");
  EXPECT_NE(packs.body.find("热线工单（流程示例）"), std::string::npos) << packs.body;
  const std::string definition = at(zuoxi.get("/packs/demonstration"), "/definition");
  const Answer file = zuoxi.get("/definitions/" + definition + "/file?path=hotline.bpmn");
  EXPECT_EQ(file.header("content-type"), "application/xml");
  EXPECT_EQ(zuoxi.get("/definitions/" + definition + "/file?path=..%2F..%2Fetc%2Fpasswd").status, 404);
  EXPECT_EQ(zuoxi.get("/packs/no-such").status, 404);
}

TEST_F(PacksTest, AreDeployedOnceAndOnlyWhenNothingIsWrong) {
  Person xitong = city.signIn("xitong");
  const Answer same =
      xitong.post("/packs", demonstration("hotline.bpmn", "12345 热线工单", "12345 热线工单"));
  ASSERT_EQ(same.status, 200) << same.body;
  EXPECT_EQ(at(same, "/is_new"), "false");
  EXPECT_EQ(at(same, "/version"), "1");
  const Answer wrong = xitong.post(
      "/packs", demonstration("hotline.bpmn", "jy:form=\"hotline-handle\"", "jy:form=\"no-such\""));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(at(wrong, "/code"), "pack.invalid") << wrong.body;
  const Answer checked = xitong.post(
      "/packs/check", demonstration("hotline.bpmn", "jy:form=\"hotline-handle\"", "jy:form=\"no-such\""));
  EXPECT_EQ(at(checked, "/good"), "false");
  city.hotlineCase();
  const auto changed = demonstration("hotline.bpmn", "name=\"受理\"", "name=\"受理登记\"");
  const Answer preview = xitong.post("/packs/check", changed);
  EXPECT_EQ(at(preview, "/good"), "true") << preview.body;
  EXPECT_EQ(at(preview, "/running"), "1");
  const Answer deployed = xitong.post("/packs", changed);
  EXPECT_EQ(at(deployed, "/version"), "2") << deployed.body;
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(zuoxi.post("/packs", changed).status, 403);
  EXPECT_EQ(json(zuoxi.get("/packs/demonstration/versions")).at("items").as_array().size(), 2U);
}

TEST_F(PacksTest, RunningCasesMoveWhenTold) {
  Person xitong = city.signIn("xitong");
  const store::CaseId id = city.hotlineCase();
  const std::string old = at(xitong.get("/packs/demonstration"), "/definition");
  const Answer deployed =
      xitong.post("/packs", demonstration("hotline.bpmn", "name=\"受理\"", "name=\"受理登记\""));
  const std::string to = at(deployed, "/definition");
  Sent sent{.body = fmt::format(R"({{"to":{},"reason":"新版本","dry_run":true}})", to), .key = ""};
  const Answer tried = xitong.post("/definitions/" + old + "/migration", sent);
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(at(tried, "/cases"), "1");
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(at(zuoxi.get("/cases/" + std::to_string(id)), "/model"), "demonstration@1");
  sent.body = fmt::format(R"({{"to":{},"reason":"新版本","dry_run":false}})", to);
  EXPECT_EQ(at(xitong.post("/definitions/" + old + "/migration", sent), "/cases"), "1");
  EXPECT_EQ(at(zuoxi.get("/cases/" + std::to_string(id)), "/model"), "demonstration@2");
}

}  // namespace
}  // namespace jinyue::api
