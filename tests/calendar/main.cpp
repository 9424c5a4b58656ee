// A case costs microseconds here, so every property is tried 2,000 times unless RC_PARAMS says otherwise.
#include <cstdlib>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
  setenv("RC_PARAMS", "max_success=2000", 0);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
