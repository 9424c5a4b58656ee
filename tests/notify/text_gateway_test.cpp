// Text messages through a gateway, and the adapters as a configuration makes them.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_read.h"
#include "notify/adapters.h"
#include "notify/fake_server.h"

namespace jinyue::notify {
namespace text_gateway_test {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Notice sample(Channel channel = Channel::text_message, const std::string& address = "13800000000") {
  Notice notice;
  notice.id = "0000000000070123456789abcdef0123";
  notice.channel = channel;
  notice.address = address;
  notice.content = {"办结", "请\"来\" & 领取", "{}"};
  return notice;
}

TextGatewayParts parts(const std::string& url) {
  TextGatewayParts parts;
  parts.url = url;
  parts.body = R"({"mobile": {phone}, "content": {text}, "request": {id}, "n": {"a": 1}})";
  parts.headers = {"Authorization: Bearer {secret}"};
  parts.secret = "s3cret";
  parts.signature = "【近悦示例】";
  parts.result_member = "code";
  parts.result_good = "0";
  return parts;
}

Sent sendWith(const TextGatewayParts& parts, const Notice& notice = sample()) {
  return textGatewayAdapter(parts, std::make_shared<WebClient>())(notice);
}

TEST(TextGateway, GetsWhatItsConfigurationDescribes) {
  const test::FakeHttp http("HTTP/1.1 200 OK\r\n", R"({"msg": "ok", "code": 0})");
  EXPECT_EQ(sendWith(parts(http.url())).outcome, Sent::Outcome::accepted);
  const auto requests = http.requests();
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].body,
            R"({"mobile": "13800000000", "content": "【近悦示例】请\"来\" & 领取", "request": )"
            R"("0000000000070123456789abcdef0123", "n": {"a": 1}})");
  EXPECT_EQ(requests[0].headers.at("authorization"), "Bearer s3cret");
  EXPECT_EQ(requests[0].headers.at("content-type"), "application/json; charset=utf-8");
}

TEST(TextGateway, GetsAForm) {
  const test::FakeHttp http("HTTP/1.1 200 OK\r\n");
  TextGatewayParts form = parts(http.url());
  form.format = BodyFormat::form;
  form.body = "to={phone}&text={text}&key={secret}";
  form.result_member.clear();
  Notice abroad = sample(Channel::text_message, "+8613800000000");
  abroad.content.text = "a&b=近";
  form.signature.clear();
  EXPECT_EQ(sendWith(form, abroad).outcome, Sent::Outcome::accepted);
  EXPECT_EQ(http.requests().at(0).body, "to=%2B8613800000000&text=a%26b%3D%E8%BF%91&key=s3cret");
}

TEST(TextGateway, AnAnswerThatSaysNoIsNoSending) {
  test::FakeHttp http("HTTP/1.1 200 OK\r\n", R"({"code": "ISV.LIMIT", "phone": "13800000000"})");
  Sent sent = sendWith(parts(http.url()));
  EXPECT_EQ(sent.outcome, Sent::Outcome::failed);
  EXPECT_EQ(sent.error, "code: ISV.LIMIT");  // and no more of the answer, which may be personal
  for (const char* body : {"", "[]", "0", R"({"result": 0})", R"({"code": 00})", R"({"code": {"a": 0}})"}) {
    http.answer("HTTP/1.1 200 OK\r\n", body);
    EXPECT_EQ(sendWith(parts(http.url())).outcome, Sent::Outcome::failed) << body;
  }
  http.answer("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n");
  EXPECT_EQ(sendWith(parts(http.url())).retry_after, Millis{7'000});
}

TEST(TextGateway, NumbersAreNumbers) {
  const test::FakeHttp http("HTTP/1.1 200 OK\r\n");
  for (const char* bad : {"", "1380000000a", "138 0000 0000", "1234", "+", "13800000000\r\nX: y"})
    EXPECT_EQ(sendWith(parts(http.url()), sample(Channel::text_message, bad)).outcome,
              Sent::Outcome::refused);
  EXPECT_THAT(http.requests(), IsEmpty());
}

class Configuration : public testing::Test {
 protected:
  Configuration() {
    std::string name = (std::filesystem::temp_directory_path() / "jinyue-notify-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Configuration() override { std::filesystem::remove_all(folder_); }
  std::string secretFile(const std::string& text, mode_t mode = 0600) {
    const std::string path = (folder_ / std::to_string(++files_)).string();
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  Result<std::map<Channel, Send>> adapters(const std::string& json) {
    const auto options = fromJson<NotifyOptions>(json);
    if (!options) throw std::runtime_error(describe(options.error()));
    return adaptersOf(
        *options,
        [this](const std::string& topic, std::string_view type, std::string_view data) {
          published_.push_back(fmt::format("{} {} {}", topic, type, data));
        },
        kept_, systemNow);
  }

  std::filesystem::path folder_;
  int files_ = 0;
  std::vector<std::string> published_;
  std::shared_ptr<KeptNotices> kept_ = std::make_shared<KeptNotices>(systemNow, 2);
};

TEST_F(Configuration, InDevelopmentNothingLeavesTheMachine) {
  auto made = adapters(R"({"development": true})");
  ASSERT_TRUE(made);
  for (const Channel channel : {Channel::text_message, Channel::mail, Channel::webhook})
    EXPECT_EQ(made->at(channel)(sample(channel)).outcome, Sent::Outcome::accepted);
  const auto newest = kept_->newest(10);
  ASSERT_THAT(newest, SizeIs(2));  // the newest two
  EXPECT_EQ(newest[0].notice.channel, Channel::webhook);
  EXPECT_EQ(newest[1].notice.channel, Channel::mail);
}

TEST_F(Configuration, LiveNoticesGoToWhoHasAPageOpen) {
  auto made = adapters("{}");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->at(Channel::live)(sample(Channel::live, "account:17")).outcome, Sent::Outcome::accepted);
  ASSERT_THAT(published_, SizeIs(1));
  EXPECT_EQ(published_[0],
            R"(account:17 notice {"id":"0000000000070123456789abcdef0123","case_id":0,"subject":"办结",)"
            R"("text":"请\"来\" & 领取"})");
  // The other channels are not configured: their notices wait in sight.
  const Sent sent = made->at(Channel::mail)(sample(Channel::mail));
  EXPECT_EQ(sent.outcome, Sent::Outcome::failed);
  EXPECT_EQ(sent.error, "notify.not-configured");
}

TEST_F(Configuration, IsCheckedAsAWhole) {
  const auto made =
      adapters(fmt::format(R"({{"webhook": {{"source": "", "endpoints": {{"a": {{"url": "ftp://x"}},
                "b": {{"url": "https://x", "secret_file": "{}"}}, "c": {{"url": "https://x", "secret_file": "{}"}}}}}},
    "mail": {{"url": "mail.example", "from": "nobody", "password_file": "/nowhere"}},
    "text_message": {{"url": "http://gateway", "body": "{{phone}}"}}}})",
                           secretFile("whsec_x"), secretFile("x", 0644)));
  ASSERT_FALSE(made);
  std::vector<std::string> found;
  for (const Problem& cause : made.error().causes)
    found.push_back(cause.code + " " + cause.where.substr(0, cause.where.find(' ')));
  EXPECT_THAT(found,
              UnorderedElementsAre("notify.no-source /webhook/source", "notify.url /webhook/endpoints/a/url",
                                   "notify.one-key /webhook/endpoints/a",
                                   "webhook.secret /webhook/endpoints/b/secret_file",
                                   "key.open-to-others /webhook/endpoints/c/secret_file",
                                   "notify.url /mail/url", "notify.from /mail/from",
                                   "key.unreadable /mail/password_file", "notify.body /text_message/body"));
}

TEST_F(Configuration, MakesAdaptersThatWork) {
  const test::FakeHttp http("HTTP/1.1 200 OK\r\n");
  auto made = adapters(fmt::format(
      R"({{"webhook": {{"source": "/city", "endpoints": {{"a": {{"url": "{0}", "secret_file": "{1}"}}}}}},
    "text_message": {{"url": "{0}", "body": "{{phone}}{{text}}", "format": "form"}}}})",
      http.url(), secretFile("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")));
  ASSERT_TRUE(made) << describe(made.error());
  EXPECT_EQ(made->at(Channel::webhook)(sample(Channel::webhook, "a")).outcome, Sent::Outcome::accepted);
  EXPECT_EQ(made->at(Channel::text_message)(sample()).outcome, Sent::Outcome::accepted);
  EXPECT_THAT(http.requests(), SizeIs(2));
}

}  // namespace text_gateway_test
}  // namespace jinyue::notify
