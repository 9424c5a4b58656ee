#include "ledger/hash.h"
