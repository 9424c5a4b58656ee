// Mail: what a mail server gets, and what its answers mean.
#include "notify/mail.h"

#include <gmock/gmock.h>

#include "notify/base64.h"
#include "notify/fake_server.h"

namespace jinyue::notify {
namespace mail_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A mail server that notes commands and messages. `answers` replaces its answer to commands that begin so.
class FakeSmtp {
 public:
  explicit FakeSmtp(std::map<std::string, std::string> answers = {})
      : answers_(std::move(answers)), server_([this](test::Conversation& talk) { serve(talk); }) {}
  std::string url() const { return "smtp://127.0.0.1:" + server_.port(); }

  std::vector<std::string> commands;
  std::vector<std::string> messages;

 private:
  void serve(test::Conversation& talk) {
    talk.say("220 mail.example\r\n");
    for (;;) {
      const std::string command = talk.line();
      if (talk.ended()) return;
      commands.push_back(command);
      std::string answer = "250 good\r\n";
      for (const auto& [begin, other] : answers_) {
        if (command.starts_with(begin)) answer = other;
      }
      if (command == "DATA" && answer.starts_with("250")) {
        talk.say("354 go on\r\n");
        std::string message;
        for (std::string line = talk.line(); line != "." && !talk.ended(); line = talk.line())
          message += line + "\n";
        messages.push_back(message);
      }
      talk.say(answer);
      if (command == "QUIT") return;
    }
  }

  std::map<std::string, std::string> answers_;
  test::FakeServer server_;
};

MailParts parts(const std::string& url) {
  MailParts parts;
  parts.url = url;
  parts.from = "noreply@city.example";
  parts.from_name = {"近悦示例", "Jinyue sample"};
  parts.plain_text = true;
  parts.now = [] { return *parseInstant("2026-11-26T17:05:09Z"); };
  return parts;
}

Notice sample() {
  Notice notice;
  notice.id = "0000000000070123456789abcdef0123";
  notice.channel = Channel::mail;
  notice.address = "someone@example.org";
  notice.content = {"您的许可证已经办结，请在三十个工作日以内前来窗口领取原件并带好身份证",
                    "王小明：\n.\n请来领取。", "{}"};
  return notice;
}

Sent sendTo(const FakeSmtp& server, const Notice& notice = sample()) {
  return mailAdapter(parts(server.url()), std::make_shared<WebClient>())(notice);
}

/// The header's value with its continuation lines.
std::string headerOf(const std::string& message, const std::string& name) {
  const std::string head = "\n" + message.substr(0, message.find("\n\n") + 1);
  std::size_t at = head.find("\n" + name + ": ");
  if (at == std::string::npos) return "absent";
  at += name.size() + 3;
  std::size_t end = head.find('\n', at);
  while (head[end + 1] == ' ') end = head.find('\n', end + 1);
  return head.substr(at, end - at);
}

/// The text of encoded words.
std::string decoded(std::string header) {
  std::string text;
  for (std::size_t at = 0; (at = header.find("=?UTF-8?B?", at)) != std::string::npos;) {
    const std::size_t end = header.find("?=", at + 10);
    text += fromBase64(header.substr(at + 10, end - at - 10)).value_or("not base64");
    at = end;
  }
  return text;
}

TEST(Mail, ArrivesWhole) {
  FakeSmtp server;
  const Sent sent = sendTo(server);
  EXPECT_EQ(sent.outcome, Sent::Outcome::accepted) << sent.error;
  EXPECT_THAT(server.commands, testing::Contains(HasSubstr("MAIL FROM:<noreply@city.example>")));
  EXPECT_THAT(server.commands, testing::Contains("RCPT TO:<someone@example.org>"));
  ASSERT_EQ(server.messages.size(), 1u);
  const std::string& message = server.messages[0];
  EXPECT_EQ(decoded(headerOf(message, "Subject")), sample().content.subject);
  EXPECT_EQ(decoded(headerOf(message, "From")), "近悦示例");
  EXPECT_THAT(headerOf(message, "From"), HasSubstr("<noreply@city.example>"));
  EXPECT_EQ(headerOf(message, "To"), "<someone@example.org>");
  EXPECT_EQ(headerOf(message, "Date"), "Fri, 27 Nov 2026 01:05:09 +0800");
  EXPECT_EQ(headerOf(message, "Message-ID"), "<0000000000070123456789abcdef0123@city.example>");
  EXPECT_EQ(headerOf(message, "Content-Type"), "text/plain; charset=utf-8");
  std::string body = message.substr(message.find("\n\n") + 2);
  std::erase(body, '\n');
  EXPECT_EQ(fromBase64(body), sample().content.text);
  for (std::size_t at = 0; at < message.size();) {  // RFC 2047: no line of an encoded word over 76 characters
    const std::size_t end = message.find('\n', at);
    EXPECT_LE(end - at, 78u) << message.substr(at, end - at);
    at = end + 1;
  }
}

TEST(Mail, ServersAnswersMeanLaterOrNever) {
  FakeSmtp unknown({{"RCPT", "550 no such user\r\n"}});
  EXPECT_EQ(sendTo(unknown).outcome, Sent::Outcome::refused);
  FakeSmtp greylisting({{"RCPT", "451 try again\r\n"}});
  const Sent later = sendTo(greylisting);
  EXPECT_EQ(later.outcome, Sent::Outcome::failed);
  EXPECT_THAT(later.error, HasSubstr("451"));
  EXPECT_THAT(later.error, Not(HasSubstr("someone")));
  Notice notice = sample();
  EXPECT_EQ(mailAdapter(parts("smtp://127.0.0.1:1"), std::make_shared<WebClient>())(notice).outcome,
            Sent::Outcome::failed);
}

TEST(Mail, NothingIsSaidWithoutTlsUnlessAllowed) {
  FakeSmtp server;
  MailParts secure = parts(server.url());
  secure.plain_text = false;
  secure.user = "user";
  secure.password = "secret";
  EXPECT_EQ(mailAdapter(secure, std::make_shared<WebClient>())(sample()).outcome, Sent::Outcome::failed);
  EXPECT_TRUE(server.messages.empty());
  for (const std::string& command : server.commands) EXPECT_THAT(command, Not(HasSubstr("AUTH")));
}

TEST(Mail, NoHeaderOrCommandCanBePutIn) {
  FakeSmtp server;
  Notice notice = sample();
  notice.content.subject = "a\r\nBcc: other@example.org\r\n\r\nbody";
  EXPECT_EQ(sendTo(server, notice).outcome, Sent::Outcome::accepted);
  EXPECT_EQ(headerOf(server.messages.at(0), "Bcc"), "absent");
  EXPECT_EQ(decoded(headerOf(server.messages.at(0), "Subject")), notice.content.subject);
  for (const char* bad :
       {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>\r\nRCPT TO:<x@y", "<a@b>", "a,b@c", "a@b\n"}) {
    EXPECT_FALSE(isMailAddress(bad)) << bad;
    notice.address = bad;
    EXPECT_EQ(sendTo(server, notice).outcome, Sent::Outcome::refused) << bad;
  }
  EXPECT_TRUE(isMailAddress("first.last+tag@sub.example.org"));
  EXPECT_EQ(server.messages.size(), 1u);
}

}  // namespace mail_test
}  // namespace jinyue::notify
