// What nearly every test uses; precompiled once for all of them. A file still includes what it uses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "precompiled.h"
