// Compiled patterns are kept: by the expression when they are constant, else by the session, a few of them.
#include "feel/regex.h"

#include "support.h"

namespace jinyue::feel {
namespace {

TEST(Regex, aSessionKeepsTheLastFew) {
  const Facts known = testing::facts();
  Session session(known);
  const Regex* first = session.regex("a+", "");
  ASSERT_NE(first, nullptr);
  EXPECT_NE(session.regex("a+", "i"), first);
  EXPECT_EQ(session.regex("a+", ""), first);
  for (int i = 0; i < 15; ++i) EXPECT_NE(session.regex("b{" + std::to_string(i + 1) + "}", ""), nullptr);
  EXPECT_EQ(session.regex("a+", ""), first) << "used a moment ago";
  EXPECT_EQ(session.regex("(", ""), nullptr);
  EXPECT_EQ(session.regex("a", "g"), nullptr);
}

TEST(Regex, whatAnOperationHasReadyIsUsedForItsPatternOnly) {
  const auto ready = Regex::compile("a", "");
  const Facts known = testing::facts();
  Session session(known);
  session.ready_regex = ready.get();
  EXPECT_EQ(session.regex("a", ""), ready.get());
  EXPECT_NE(session.regex("b", ""), ready.get());
  EXPECT_NE(session.regex("a", "i"), ready.get());
}

/// The same pattern in every place and form gives the same.
TEST(Regex, constantAndGivenPatternsAgree) {
  for (const char* pattern : {"^a", "b$", "(", "[a-c]+", "", "a|b"}) {
    for (const char* flags : {"", "i", "x", "q", "y"}) {
      const Context variables{{"t", "Aabc"}, {"p", pattern}, {"f", flags}};
      EXPECT_EQ(
          testing::result(fmt::format("matches(t, {}, {})", stringLiteral(pattern), stringLiteral(flags)),
                          variables),
          testing::result("matches(t, p, f)", variables))
          << pattern << " " << flags;
      EXPECT_EQ(testing::result(fmt::format("matches(flags: {}, pattern: {}, input: t)", stringLiteral(flags),
                                            stringLiteral(pattern)),
                                variables),
                testing::result("matches(t, p, f)", variables))
          << pattern << " " << flags;
      EXPECT_EQ(testing::result(
                    fmt::format("replace(t, {}, \"-\", {})", stringLiteral(pattern), stringLiteral(flags)),
                    variables),
                testing::result("replace(t, p, \"-\", f)", variables))
          << pattern << " " << flags;
    }
    const Context variables{{"t", "Aabc"}, {"p", pattern}};
    EXPECT_EQ(testing::result(fmt::format("split(t, \"{}\")", pattern), variables),
              testing::result("split(t, p)", variables))
        << pattern;
  }
}

}  // namespace
}  // namespace jinyue::feel
