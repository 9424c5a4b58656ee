// Kills the server process at random moments under full load, starts it again, and accounts for every command
// that it had acknowledged: nothing lost, nothing doubled, the log verifies each time.
//
// JINYUE_CRASH_KILLS sets the number of kills for each store (20 by default; scripts/crash.sh runs 500).

#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json_read.h"
#include "casework/replay.h"
#include "cli/city.h"
#include "crash/script.h"
#include "ledger/audit.h"
#include "ledger/record.h"
#include "support/stores.h"

namespace jinyue::crash {
namespace {

constexpr int clients = 48;

int killsWanted() {
  const char* text = std::getenv("JINYUE_CRASH_KILLS");
  return text ? std::atoi(text) : 20;
}

/// What the test knows about one client from the lines of all workers so far.
struct Client {
  Step next;
  bool pending = false;  ///< `next` was sent and not acknowledged
};

struct Acknowledged {
  std::int64_t case_id = 0;
  std::int64_t position = 0;
};

struct Knowledge {
  std::vector<Client> clients;
  std::map<std::string, Acknowledged> acknowledged;  ///< by key
  std::set<std::string> sent;                        ///< keys
  std::vector<std::string> complaints;

  void take(const std::string& line) {
    std::istringstream in(line);
    char kind = 0;
    in >> kind;
    if (kind == 'E') complaints.push_back(line);
    if (kind != 'S' && kind != 'A') return;
    Step s;
    std::int64_t last = 0;
    in >> s.client >> s.round >> s.step >> s.case_id >> last;
    if (!in) return;  // a line that the kill cut off was not acknowledged in full
    Client& client = clients.at(static_cast<std::size_t>(s.client));
    if (kind == 'S') {
      s.task = static_cast<std::int32_t>(last);
      client = {s, true};
      sent.insert(s.key());
      return;
    }
    const auto [place, first] = acknowledged.try_emplace(s.key(), Acknowledged{s.case_id, last});
    if (!first && (place->second.case_id != s.case_id || place->second.position != last)) {
      complaints.push_back(s.key() + " was acknowledged twice, with different answers");
    }
    client.pending = false;
    client.next.client = s.client;
    client.next.round = s.step == tasks_in_case ? s.round + 1 : s.round;
    client.next.step = s.step == tasks_in_case ? 0 : s.step + 1;
    client.next.case_id = s.case_id;
  }
};

/// A worker process with its two pipes.
class Worker {
 public:
  Worker(const std::string& address, const std::string& data, const Knowledge& knowledge) {
    int to[2];
    int from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      const std::string count = std::to_string(clients);
      execl(JINYUE_CRASH_WORKER, "crash_worker", address.c_str(), data.c_str(), count.c_str(), "600",
            nullptr);
      std::_Exit(127);
    }
    close(to[0]);
    close(from[1]);
    out_ = from[0];
    std::string plan;
    for (const Client& client : knowledge.clients) {
      const Step& s = client.next;
      plan += fmt::format("{} {} {} {} {} {}\n", s.client, s.round, s.step, s.case_id, s.task,
                          client.pending ? 1 : 0);
    }
    plan += '\n';
    if (write(to[1], plan.data(), plan.size()) != static_cast<ssize_t>(plan.size()))
      throw std::runtime_error("no plan");
    close(to[1]);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() { close(out_); }

  /// Reads what the worker says into `knowledge` for a while, kills it, and reads the rest.
  void liveFor(std::chrono::milliseconds time, Knowledge& knowledge) {
    std::string rest;
    bool ready = false;
    std::thread killer;
    const auto consume = [&](const char* bytes, std::size_t count) {
      rest.append(bytes, count);
      std::size_t begin = 0;
      for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
        const std::string line = rest.substr(begin, end - begin);
        if (line == "R" && !ready) {
          ready = true;
          killer = std::thread([this, time] {
            std::this_thread::sleep_for(time);
            kill(pid_, SIGKILL);
          });
        }
        knowledge.take(line);
        begin = end + 1;
      }
      rest.erase(0, begin);
    };
    char buffer[65536];
    for (ssize_t got = 0; (got = read(out_, buffer, sizeof buffer)) > 0;)
      consume(buffer, static_cast<std::size_t>(got));
    if (killer.joinable()) killer.join();
    int status = 0;
    waitpid(pid_, &status, 0);
    if (!WIFSIGNALED(status)) {
      knowledge.complaints.push_back(fmt::format("the worker ended by itself with {}", WEXITSTATUS(status)));
    }
  }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

class Crash : public testing::TestWithParam<testing_support::StoreKind> {
 protected:
  void SetUp() override {
    const auto opened = openCity(place_.address(), place_.folder());
    ASSERT_TRUE(opened) << describe(opened.error());
    knowledge_.clients.resize(clients);
    for (int i = 0; i < clients; ++i) knowledge_.clients[static_cast<std::size_t>(i)].next.client = i;
  }

  ledger::AuditReport auditLog(store::Store& store) {
    ledger::LogSource source;
    source.rows = [&](std::uint64_t from, int limit) {
      std::vector<ledger::LogRow> rows;
      for (auto& row : store.journal(from, limit)) {
        rows.push_back({row.sequence, row.case_id, row.position, std::move(row.record)});
      }
      return rows;
    };
    source.tiles = [&](int level, std::int64_t index) { return store.tile(level, index); };
    source.head = [&] { return store.head(); };
    source.kept_heads = [&](std::uint64_t from, int limit) { return store.keptHeads(from, limit); };
    ledger::AuditOptions options;
    options.keys.push_back(*ledger::Verifier::load(cli::DataFolder{place_.folder()}.publicKey()));
    return ledger::audit(source, options);
  }

  /// Every acknowledged command has its one record, at the place that was acknowledged.
  void accountFor(cli::City& city) {
    EXPECT_EQ(knowledge_.complaints, std::vector<std::string>{});
    std::map<std::int64_t, std::string> started;  // case → key of its start
    for (const auto& [key, acknowledged] : knowledge_.acknowledged) {
      const std::string keys[] = {key};
      const auto rows = city.store().findReplies(keys);
      ASSERT_EQ(rows.size(), 1U) << "lost: " << key;
      EXPECT_EQ(rows.front().case_id, acknowledged.case_id) << key;
      EXPECT_EQ(rows.front().position, acknowledged.position) << key;
      if (key.ends_with("-s0")) {
        EXPECT_TRUE(started.emplace(acknowledged.case_id, key).second) << "one case for two starts: " << key;
      }
    }
    // No start made two cases: the business key of a case is the key of its start.
    std::set<std::string> seen;
    store::CaseFilter filter;
    filter.scope = store::everything();
    filter.process = process_id;
    store::PageRequest page{1000, {}};
    std::size_t cases = 0;
    do {
      const auto rows = city.store().listCases(filter, page);
      for (const store::CaseRow& row : rows.rows) {
        ++cases;
        EXPECT_TRUE(seen.insert(row.key).second) << "doubled: " << row.key;
        EXPECT_TRUE(knowledge_.sent.contains(row.key)) << "never sent: " << row.key;
        checkCase(city, row);
      }
      page.after = rows.next;
    } while (!page.after.empty());
    EXPECT_GE(cases, started.size());
    for (const auto& [id, key] : started) EXPECT_TRUE(seen.contains(key)) << "lost: " << key;
  }

  /// A case is what its records say, and its rows are what its state says.
  void checkCase(cli::City& city, const store::CaseRow& listed) {
    const store::CaseId ids[] = {listed.id};
    const auto rows = city.store().loadCases(ids);
    ASSERT_EQ(rows.size(), 1U);
    const auto state = city.engine().seal().open(rows.front());
    const auto replayed = casework::replay(city.store(), city.definitions(), city.engine().seal(), listed.id);
    ASSERT_TRUE(state) << describe(state.error());
    ASSERT_TRUE(replayed) << describe(replayed.error());
    EXPECT_EQ(*state, *replayed) << "case " << listed.id;
    std::set<std::string> kinds;
    const auto records = city.store().records(listed.id, 0, 1000);
    EXPECT_EQ(static_cast<std::int64_t>(records.size()), listed.version);
    store::TaskFilter filter;
    filter.case_id = listed.id;
    std::set<std::int32_t> open;
    for (const store::TaskRow& task : city.store().listTasks(filter, {}).rows) open.insert(task.id.number);
    std::set<std::int32_t> expected;
    for (const bpmn::Element& element : state->elements) {
      if (element.task) expected.insert(element.number);
    }
    EXPECT_EQ(open, expected) << "case " << listed.id;
  }

  testing_support::StorePlace place_{GetParam(), testing_support::Flushes::all};
  Knowledge knowledge_;
};

TEST_P(Crash, NothingAcknowledgedIsLostAndNothingIsDoubled) {
  const int kills = killsWanted();
  std::mt19937 random(20260101);
  std::uniform_int_distribution<int> life(20, 400);
  std::uint64_t size = 0;
  for (int i = 0; i < kills; ++i) {
    {
      Worker worker(place_.address(), place_.folder(), knowledge_);
      worker.liveFor(std::chrono::milliseconds(life(random)), knowledge_);
    }
    ASSERT_EQ(knowledge_.complaints, std::vector<std::string>{}) << "after kill " << i + 1;
    const auto city = openCity(place_.address(), place_.folder());
    ASSERT_TRUE(city) << describe(city.error());
    const auto report = auditLog((*city)->store());
    ASSERT_TRUE(report.isClean()) << "after kill " << i + 1 << ": " << report.findings.size() << " findings";
    ASSERT_GE(report.size, size) << "the log is shorter than before";
    ASSERT_GE(report.size, knowledge_.acknowledged.size());
    size = report.size;
  }
  const auto city = openCity(place_.address(), place_.folder());
  ASSERT_TRUE(city) << describe(city.error());
  accountFor(**city);
  fmt::print("{} kills, {} commands acknowledged, {} records in the log\n", kills,
             knowledge_.acknowledged.size(), size);
  EXPECT_GT(knowledge_.acknowledged.size(), static_cast<std::size_t>(kills))
      << "hardly anything ran between the kills";
}

INSTANTIATE_TEST_SUITE_P(Stores, Crash,
                         testing::Values(testing_support::StoreKind::sqlite,
                                         testing_support::StoreKind::postgres),
                         testing_support::nameOfStore);

}  // namespace
}  // namespace jinyue::crash
