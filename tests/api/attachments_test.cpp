// Attachments over the interface: uploaded, carried into a case by a form, read by those who may, proven by
// the record, erased with the person.

#include <gtest/gtest.h>

#include "api/served_city.h"
#include "evidence/sample_files.h"
#include "http/url.h"
#include "ledger/hash.h"

namespace jinyue::api {
namespace attachments_test {

using evidence::test::jpeg;
using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

std::string sha256(const std::string& bytes) {
  return ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(bytes));
}

class AttachmentsApiTest : public testing::Test {
 protected:
  AttachmentsApiTest()
      : city(test::storeUnderTest(), [](cli::OfficeOptions& options, http::ServerOptions&) {
          options.attachments.max_bytes = 20'000;
          options.attachments.waiting = 5;
        }) {
    city.officer("zuoxi", "12345", {{"agent"}, {"caller"}, {"dispatcher"}});
    city.officer("duban", "市营商环境建设局", {{"supervisor"}});
    city.officer("elsewhere", "别的单位", {{"agent", {{"别的单位"}, {}, {}}}});
    city.resident("shimin", "21020219900101001X");
    city.resident("linju", "210202199001010028");
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  static Answer upload(Person& who, const std::string& bytes, const std::string& name = "现场.jpg",
                       const std::string& type = "image/jpeg") {
    return who.post("/attachments?name=" + http::percentEncoded(name), {.body = bytes, .media_type = type});
  }
  static std::string uploaded(Person& who, const std::string& bytes = jpeg()) {
    const Answer answer = upload(who, bytes);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return at(answer, "/id");
  }
  static Answer start(Person& who, const std::string& photos, const std::string& key = "auto",
                      const std::string& more = {}) {
    Sent sent = body(
        R"({"pack":"demonstration","item":"hotline","answers":{"title":"路灯不亮（示例）","caller":"示例市民","phone":"13012345678","photos":[)" +
        photos + "]" + more + "}}");
    sent.key = key;
    return who.post("/cases", sent);
  }
  static std::string quoted(const std::string& id) { return '"' + id + '"'; }
  static std::string causeOf(const Answer& answer) {
    return at(answer, "/causes/0/code") + ' ' + at(answer, "/causes/0/where");
  }
  /// Passes a task that asks nothing.
  void pass(Person& who, const std::string& id) {
    const std::string task = id + '/' + at(who.get("/cases/" + id), "/tasks/0/number");
    ASSERT_EQ(who.post("/tasks/" + task + "/claim").status, 200);
    ASSERT_EQ(who.post("/tasks/" + task + "/completion", body(R"({"answers":{}})")).status, 200);
  }

  ServedCity city;
};

TEST_F(AttachmentsApiTest, APhotoGoesIntoTheMatterAndIsProvenByItsRecord) {
  Person shimin = city.signIn("shimin", true);
  const Answer up = upload(shimin, jpeg());
  ASSERT_EQ(up.status, 201) << up.body;
  const std::string photo = at(up, "/id");
  EXPECT_EQ(at(up, "/name"), "现场.jpg");
  EXPECT_EQ(at(up, "/media_type"), "image/jpeg");
  EXPECT_EQ(at(shimin.get("/attachments"), "/items/0/id"), photo);
  EXPECT_EQ(at(shimin.get("/attachments"), "/limits/max_bytes"), "20000");
  const Answer started = start(shimin, quoted(photo));
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  EXPECT_EQ(json(shimin.get("/attachments")).at("items").as_array().size(), 0U);

  const Answer shown = shimin.get("/cases/" + id);
  EXPECT_EQ(at(shown, "/attachments/0/id"), photo) << shown.body;
  EXPECT_EQ(at(shown, "/attachments/0/field"), "photos");
  EXPECT_EQ(at(shown, "/attachments/0/field_title/zh"), "现场照片");
  EXPECT_EQ(at(shown, "/attachments/0/by_name"), "示例市民");
  EXPECT_EQ(at(shown, "/attachments/0/node"), "");
  EXPECT_EQ(at(shown, "/attachments/0/position"), "1");
  const Answer content = shimin.get("/attachments/" + photo);
  ASSERT_EQ(content.status, 200);
  EXPECT_EQ(content.header("content-type"), "image/jpeg");
  EXPECT_EQ(content.header("content-security-policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(content.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(content.header("cache-control"), "no-store");
  EXPECT_TRUE(content.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E7%8E%B0"));
  EXPECT_EQ(content.body.find("SECRET"), std::string::npos);
  EXPECT_EQ(sha256(content.body), at(shown, "/attachments/0/digest"));
  const Answer records = shimin.get("/cases/" + id + "/records");
  EXPECT_NE(at(records, "/items/0/body").find(sha256(content.body)), std::string::npos) << records.body;
  EXPECT_TRUE(city.faults().empty());
}

TEST_F(AttachmentsApiTest, TheCopyOfOnesDataNamesThem) {
  Person shimin = city.signIn("shimin");
  const std::string sent = uploaded(shimin);
  ASSERT_EQ(start(shimin, quoted(sent)).status, 201);
  const std::string waits = uploaded(shimin, jpeg() + "x");
  const Answer copy = shimin.get("/me/export");
  ASSERT_EQ(copy.status, 200);
  EXPECT_EQ(at(copy, "/cases/0/attachments/0/id"), sent) << copy.body;
  EXPECT_EQ(at(copy, "/cases/0/attachments/0/name"), "现场.jpg");
  EXPECT_EQ(at(copy, "/attachments/0/id"), waits);
}

TEST_F(AttachmentsApiTest, TheCheckMissesOneThatARecordCarries) {
  Person shimin = city.signIn("shimin");
  const std::string photo = uploaded(shimin);
  const Answer started = start(shimin, quoted(photo));
  ASSERT_EQ(started.status, 201);
  store::Store& store = city.office().city().store();
  const evidence::Attachments attachments({store, *city.office().city().vault()});
  std::vector<evidence::AttachmentFinding> found;
  const auto look = [&found](const evidence::AttachmentFinding& finding) { found.push_back(finding); };
  EXPECT_EQ(attachments.check(look), 1);
  EXPECT_TRUE(found.empty());
  store::Batch batch;
  batch.statements = {store::guarded(1, "DELETE FROM attachments WHERE id = $1", photo)};
  ASSERT_TRUE(store.commit(batch).done());
  EXPECT_EQ(attachments.check(look), 0);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().id, photo);
  EXPECT_EQ(std::to_string(found.front().case_id), at(started, "/case_id"));
}

TEST_F(AttachmentsApiTest, WhoMaySeeTheCaseMayReadItAndNobodyElse) {
  Person shimin = city.signIn("shimin");
  const std::string photo = uploaded(shimin);
  Person zuoxi = city.signIn("zuoxi");
  Person linju = city.signIn("linju");
  Person elsewhere = city.signIn("elsewhere");
  for (Person* other : {&zuoxi, &linju, &elsewhere})  // it is in no case yet
    EXPECT_EQ(at(other->get("/attachments/" + photo), "/code"), "attachment.unknown");
  EXPECT_EQ(shimin.get("/attachments/" + photo).status, 200);
  const std::string id = at(start(shimin, quoted(photo)), "/case_id");
  EXPECT_EQ(zuoxi.get("/attachments/" + photo).status, 200);
  EXPECT_EQ(at(zuoxi.get("/cases/" + id), "/attachments/0/by_name"), "示**") << "masked for others";
  for (Person* other : {&linju, &elsewhere}) {
    const Answer none = other->get("/attachments/" + photo);
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(at(none, "/code"), "attachment.unknown");
  }
  EXPECT_EQ(city.nobody().get("/attachments/" + photo).status, 401);
  EXPECT_EQ(upload(linju, "x", "a.txt", "text/plain").status, 201);
  Person nobody = city.nobody();
  EXPECT_EQ(upload(nobody, jpeg()).status, 401);
}

TEST_F(AttachmentsApiTest, FormsTakeOnesOwnFilesAndEachForOneCase) {
  Person shimin = city.signIn("shimin");
  Person linju = city.signIn("linju");
  const std::string photo = uploaded(shimin);
  EXPECT_EQ(causeOf(start(linju, quoted(photo))), "attachment.unknown /photos/0");
  EXPECT_EQ(causeOf(start(shimin, quoted("0000000000000000-" + std::string(64, 'a')))),
            "attachment.unknown /photos/0");
  EXPECT_EQ(causeOf(start(shimin, R"("../../etc/passwd")")), "schema.format /photos/0");
  EXPECT_EQ(causeOf(start(shimin, quoted(photo) + ',' + quoted(photo))), "attachment.twice /photos/1");
  EXPECT_EQ(json(shimin.get("/cases")).at("items").as_array().size(), 0U) << "nothing was started";
  const Answer first = start(shimin, quoted(photo), "the-key");
  ASSERT_EQ(first.status, 201) << first.body;
  const Answer again = start(shimin, quoted(photo), "the-key");
  EXPECT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(at(again, "/case_id"), at(first, "/case_id"));
  EXPECT_EQ(at(again, "/repeated"), "true");
  EXPECT_EQ(causeOf(start(shimin, quoted(photo))), "attachment.unknown /photos/0");
  EXPECT_EQ(shimin.del("/attachments/" + photo, {.key = ""}).status, 404) << "it is evidence now";
}

TEST_F(AttachmentsApiTest, HandlersBringEvidence) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi, ""), "/case_id");
  pass(zuoxi, id);
  pass(zuoxi, id);
  const std::string task = id + '/' + at(zuoxi.get("/cases/" + id), "/tasks/0/number");
  ASSERT_EQ(zuoxi.post("/tasks/" + task + "/claim").status, 200);
  const std::string proof = uploaded(zuoxi);
  const std::string answers = R"({"answers":{"result":"已修好（示例）","result_files":[")";
  Person duban = city.signIn("duban");
  const std::string foreign = uploaded(duban);
  EXPECT_EQ(causeOf(zuoxi.post("/tasks/" + task + "/completion", body(answers + foreign + R"("]}})"))),
            "attachment.unknown /result_files/0");
  ASSERT_EQ(zuoxi.post("/tasks/" + task + "/completion", body(answers + proof + R"("]}})")).status, 200);
  const Answer shown = duban.get("/cases/" + id);
  EXPECT_EQ(at(shown, "/attachments/0/node"), "handle") << shown.body;
  EXPECT_NE(at(shown, "/attachments/0/node_name/en"), "");
  EXPECT_EQ(at(shown, "/attachments/0/by_name"), "示例人员");
  EXPECT_EQ(at(shown, "/attachments/0/position"), at(shown, "/version"));
  // What a person was told to be evidence is there after a restart, too.
  city.restart();
  Person later = city.signIn("duban");
  EXPECT_EQ(later.get("/attachments/" + proof).status, 200);
}

TEST_F(AttachmentsApiTest, WhatIsNotTaken) {
  Person shimin = city.signIn("shimin");
  EXPECT_EQ(upload(shimin, std::string(20'001, 'a'), "a.txt", "text/plain").status, 413);
  EXPECT_EQ(upload(shimin, jpeg(), "a.jpg", "text/html").status, 415);
  EXPECT_EQ(at(upload(shimin, std::string("MZ\0\0", 4)), "/code"), "attachment.type");
  EXPECT_EQ(at(upload(shimin, jpeg().substr(0, 50)), "/code"), "attachment.broken");
  EXPECT_EQ(shimin.post("/attachments", {.body = jpeg(), .media_type = "image/jpeg"}).status, 400);
  EXPECT_EQ(upload(shimin, jpeg(), std::string(300, 'x')).status, 422);
  const Answer page = upload(shimin, "<html><script>alert(1)</script>", "photo.jpg", "image/jpeg");
  EXPECT_EQ(at(page, "/media_type"), "text/plain") << page.body;
  EXPECT_EQ(at(page, "/name"), "photo.txt");
  EXPECT_EQ(at(upload(shimin, "x", "..\\..\\C:\\boot.ini\r\nX: y", "text/plain"), "/name"),
            "boot.iniX y.txt");
  while (json(shimin.get("/attachments")).at("items").as_array().size() < 5) uploaded(shimin);
  const Answer full = upload(shimin, jpeg());
  EXPECT_EQ(full.status, 409);
  EXPECT_EQ(at(full, "/code"), "attachment.too-many");
  const std::string first = at(shimin.get("/attachments"), "/items/0/id");
  EXPECT_EQ(city.signIn("linju").del("/attachments/" + first, {.key = ""}).status, 404);
  EXPECT_EQ(shimin.del("/attachments/" + first, {.key = ""}).status, 204);
  EXPECT_EQ(upload(shimin, jpeg()).status, 201);
}

TEST_F(AttachmentsApiTest, WhatNobodySendsInGoesAfterAWeek) {
  Person shimin = city.signIn("shimin");
  const std::string photo = uploaded(shimin);
  city.clock().advance(std::chrono::hours{24 * 7});
  Person later = city.signIn("shimin");
  EXPECT_EQ(causeOf(start(later, quoted(photo))), "attachment.unknown /photos/0");
}

/// The demonstration with a field for papers that are personal.
packs::PackReading withPapers() {
  const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR "/packs/demonstration"});
  auto files = read->pack.files;
  const auto replace = [](std::string& text, std::string_view from, std::string_view to) {
    const auto found = text.find(from);
    if (found == std::string::npos) throw std::runtime_error("the pack has changed: " + std::string{from});
    text.replace(found, from.size(), to);
  };
  for (packs::PackFile& file : files) {
    if (file.path == "hotline.bpmn")
      replace(file.text, "jy:personal=\"phone caller", "jy:personal=\"phone caller papers");
    if (file.path != "forms/hotline-order.json") continue;
    replace(file.text, "\"details\",", "\"details\", \"papers\",");
    replace(file.text, "\"properties\": {",
            R"("properties": {"papers": {"type": "string", "format": "attachment", "title": "身份证明",
               "title:en": "papers", "x-personal": "other"},)");
  }
  return packs::readPack(files);
}

TEST_F(AttachmentsApiTest, PersonalOnesTakeAPurposeAndAreAuditedAndErased) {
  const auto deployed = city.office().deploy(withPapers());
  ASSERT_TRUE(deployed) << describe(deployed.error());
  city.officer("shenji", "市审计局", {{"audit-admin"}});
  Person shimin = city.signIn("shimin");
  const std::string photo = uploaded(shimin);
  const std::string papers = uploaded(shimin);
  const Answer started = start(shimin, quoted(photo), "auto", R"(,"papers":")" + papers + '"');
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");

  Person zuoxi = city.signIn("zuoxi");  // reads personal data as a caller
  Person duban = city.signIn("duban");  // does not
  const Answer shown = zuoxi.get("/cases/" + id);
  EXPECT_EQ(json(shown).at("attachments").as_array().size(), 2U);
  EXPECT_EQ(shown.body.find(papers), shown.body.rfind(papers)) << "only in the list";
  EXPECT_EQ(zuoxi.get("/attachments/" + papers).status, 422);
  EXPECT_EQ(duban.get("/attachments/" + papers + "?purpose=" + http::percentEncoded("核对身份")).status, 403);
  ASSERT_EQ(zuoxi.get("/attachments/" + papers + "?purpose=" + http::percentEncoded("核对身份")).status, 200);
  EXPECT_EQ(shimin.get("/attachments/" + papers).status, 200) << "it is his own";
  const Answer trail = city.signIn("shenji").get("/audit?subject=case:" + id);
  EXPECT_NE(trail.body.find("核对身份"), std::string::npos) << trail.body;
  const Answer records = zuoxi.get("/cases/" + id + "/records");
  EXPECT_EQ(records.body.find(papers), std::string::npos) << "the log has a keyed digest";
  EXPECT_NE(records.body.find(photo), std::string::npos);

  EXPECT_EQ(at(shimin.post("/me/erasure", body(R"({"reason":"不再使用"})")), "/kept/0"), id);
  city.restart();
  Person supervisor = city.signIn("duban");
  ASSERT_EQ(supervisor.post("/cases/" + id + "/cancellation", body(R"({"reason":"示例办结"})")).status, 200);
}

TEST_F(AttachmentsApiTest, ErasingAPersonErasesTheContentAndKeepsTheDigest) {
  Person shimin = city.signIn("shimin");
  const std::string photo = uploaded(shimin);
  const std::string id = at(start(shimin, quoted(photo)), "/case_id");
  Person duban = city.signIn("duban");
  ASSERT_EQ(duban.post("/cases/" + id + "/cancellation", body(R"({"reason":"示例办结"})")).status, 200);
  const std::string waiting = uploaded(shimin);
  const Answer erased = shimin.post("/me/erasure", body(R"({"reason":"不再使用"})"));
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_EQ(at(erased, "/kept"), "[]");
  const Answer shown = duban.get("/cases/" + id);
  EXPECT_EQ(at(shown, "/attachments/0/erased"), "true") << shown.body;
  EXPECT_EQ(at(shown, "/attachments/0/name"), "");
  EXPECT_EQ(at(shown, "/attachments/0/digest"), photo.substr(17));
  EXPECT_EQ(at(duban.get("/attachments/" + photo), "/code"), "attachment.erased");
  const auto pieces = city.office().city().store().query({"SELECT id FROM attachment_pieces"});
  EXPECT_TRUE(pieces.empty()) << waiting;
}

}  // namespace attachments_test
}  // namespace jinyue::api
