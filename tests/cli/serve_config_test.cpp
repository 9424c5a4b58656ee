// The configuration file of `jinyue serve`: everything that is wrong is told at once, and secrets stay in
// files.

#include "cli/serve_config.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/stores.h"

namespace jinyue::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::string_view provider =
    R"({"id":"city","title":{"zh":"市统一身份认证","en":"the city's"},"issuer":"https://id.example",
        "authorization_endpoint":"https://id.example/auth","token_endpoint":"https://id.example/token",
        "jwks_uri":"https://id.example/jwks","client_id":"jinyue",
        "redirect_uri":"https://ybs.example/api/v1/sign-in/callback")";

class ServeConfigTest : public testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text, bool secret = false) {
    const std::string path = place_.folder() + "/" + name;
    std::ofstream(path) << text;
    fs::permissions(path, secret ? fs::perms::owner_read | fs::perms::owner_write : fs::perms(0644));
    return path;
  }
  Result<ServeConfig> read(std::string_view text) { return readServeConfig(write("serve.json", text)); }

  testing_support::StorePlace place_{testing_support::StoreKind::sqlite};
};

TEST_F(ServeConfigTest, WhatIsLeftOutKeepsItsDefault) {
  const auto config = read(R"({"sessions":{"idle_minutes":15},"server":{"port":9000}})");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->sessions.idle_minutes, 15);
  EXPECT_EQ(config->sessions.absolute_minutes, 720);
  EXPECT_EQ(config->server.port, 9000);
  EXPECT_FALSE(config->notices.development);
}

TEST_F(ServeConfigTest, TellsEverythingThatIsWrongAtOnce) {
  const auto config =
      read(R"({"sessions":{"idle_minutes":0},"passwords":{"min_length":4},"metrics_from":["nowhere"],
                               "log_level":"loud","identity_providers":[{"id":"city"}]})");
  ASSERT_FALSE(config);
  const std::string text = describe(config.error());
  for (const char* where : {"/sessions/idle_minutes", "/passwords/min_length", "/metrics_from", "/log_level",
                            "/identity_providers/0/issuer", "/identity_providers/0/token_endpoint"})
    EXPECT_THAT(text, HasSubstr(where));
  EXPECT_FALSE(read(R"({"sesions":{}})"));
}

TEST_F(ServeConfigTest, SecretsOfIdentityProvidersStandInFiles) {
  write("city.secret", "s3cret-of-the-city\n", true);
  const auto config = read(
      fmt::format(R"({{"identity_providers":[{}}}],"identity_secrets":"{}"}})", provider, place_.folder()));
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->identity_providers.front().client_secret, "s3cret-of-the-city");
  EXPECT_EQ(config->identity_providers.front().scopes, std::vector<std::string>{"openid"});
  EXPECT_FALSE(
      read(fmt::format(R"({{"identity_providers":[{},"client_secret":"in the open"}}]}})", provider)));
  fs::permissions(place_.folder() + "/city.secret", fs::perms(0644));  // others may read it
  EXPECT_FALSE(read(
      fmt::format(R"({{"identity_providers":[{}}}],"identity_secrets":"{}"}})", provider, place_.folder())));
}

}  // namespace
}  // namespace jinyue::cli
