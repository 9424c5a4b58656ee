// Several nodes on one PostgreSQL: no timer fires twice, no task is completed twice, no case is stuck when a
// node dies.

#include <set>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/record.h"
#include "nodes/node.h"

namespace jinyue::nodes {
namespace {

using namespace testing_support;
using Clock = std::chrono::steady_clock;

/// A node in a process of its own.
class NodeProcess {
 public:
  NodeProcess(const std::string& address, const std::string& data) {
    int to[2];
    int from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      execl(JINYUE_NODE_WORKER, "node_worker", address.c_str(), data.c_str(), nullptr);
      std::_Exit(127);
    }
    close(to[0]);
    close(from[1]);
    in_ = to[1];
    out_ = from[0];
    reader_ = std::thread([this] {
      char buffer[4096];
      for (ssize_t got = 0; (got = read(out_, buffer, sizeof buffer)) > 0;)
        said_.append(buffer, static_cast<std::size_t>(got));
    });
  }
  NodeProcess(const NodeProcess&) = delete;
  NodeProcess& operator=(const NodeProcess&) = delete;
  ~NodeProcess() { end(); }

  void rest() { (void)!write(in_, "rest\n", 5); }
  void killNow() {
    kill(pid_, SIGKILL);
    end();
  }
  /// Lets it finish by itself; returns its exit status.
  int end() {
    if (pid_ < 0) return status_;
    close(in_);
    waitpid(pid_, &status_, 0);
    reader_.join();
    close(out_);
    pid_ = -1;
    return status_;
  }
  /// Cases that it said are started; call after end().
  std::set<store::CaseId> started() const {
    std::set<store::CaseId> cases;
    std::istringstream in(said_);
    char kind = 0;
    store::CaseId id = 0;
    while (in >> kind >> id) {
      if (in.peek() == '\n') cases.insert(id);
    }
    return cases;
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int status_ = 0;
  std::thread reader_;
  std::string said_;
};

class NodesTest : public testing::Test {
 protected:
  void SetUp() override {
    auto city = openNode(place_.address(), place_.folder());
    ASSERT_TRUE(city) << describe(city.error());
    city_ = std::move(*city);
    casework::Deployment deployment;
    deployment.name = "timed";
    deployment.processes.push_back({"timed.bpmn", bpmnFile(timed_process)});
    const auto definition = city_->deploy(deployment);
    ASSERT_TRUE(definition) << describe(definition.error());
    definition_ = (*definition)->id;
  }

  std::map<std::string, int> kindsOf(store::CaseId id) {
    std::map<std::string, int> kinds;
    for (const auto& row : city_->store().records(id, 0, 1000))
      ++kinds[ledger::decodeRecord(row.record)->kind];
    return kinds;
  }

  StorePlace place_{StoreKind::postgres};
  std::unique_ptr<cli::City> city_;
  std::int64_t definition_ = 0;
};

TEST_F(NodesTest, WhenANodeDiesTheOtherDoesItsWorkAndNothingHappensTwice) {
  NodeProcess first(place_.address(), place_.folder());
  NodeProcess second(place_.address(), place_.folder());
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  first.killNow();
  second.rest();
  std::set<store::CaseId> started = first.started();
  EXPECT_GT(started.size(), 20U) << "the first node hardly ran";

  // Every case ends, those of the dead node too, at the latest when its holds have ended.
  const auto deadline = Clock::now() + std::chrono::seconds(30);
  std::vector<store::CaseRow> open;
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    store::CaseFilter filter;
    filter.scope = store::everything();
    filter.process = "timed";
    filter.status = store::CaseStatus::active;
    open = city_->store().listCases(filter, {}).rows;
  } while (!open.empty() && Clock::now() < deadline);
  EXPECT_TRUE(open.empty()) << open.size() << " cases are stuck";
  EXPECT_EQ(second.end(), 0);
  const std::set<store::CaseId> of_second = second.started();
  EXPECT_GT(of_second.size(), 20U) << "the second node hardly ran";
  started.insert(of_second.begin(), of_second.end());

  for (const store::CaseId id : started) {
    const auto kinds = kindsOf(id);
    EXPECT_EQ(kinds, (std::map<std::string, int>{{"finish-job", 1}, {"fire-timer", 1}, {"start", 1}}))
        << "case " << id;
  }
}

TEST_F(NodesTest, OfTwoNodesOneCompletesATask) {
  const auto other = openNode(place_.address(), place_.folder());
  ASSERT_TRUE(other) << describe(other.error());
  for (int i = 0; i < 50; ++i) {
    const auto started = startCase(*city_, definition_, "raced");
    ASSERT_TRUE(started);
    store::TaskFilter filter;
    filter.case_id = started->case_id;
    const auto task = (*other)->store().listTasks(filter, {}).rows.at(0).id.number;
    std::atomic<int> completed{0};
    const auto complete = [&](cli::City& city, const char* who) {
      casework::Request request;
      request.case_id = started->case_id;
      request.command = bpmn::Complete{task, {}};
      request.actor = {who, "", {}};
      completed += city.engine().run(std::move(request)).has_value();
    };
    std::thread one([&] { complete(*city_, "a"); });
    std::thread two([&] { complete(**other, "b"); });
    one.join();
    two.join();
    ASSERT_EQ(completed, 1);
    ASSERT_EQ(kindsOf(started->case_id)["complete"], 1);
  }
}

TEST_F(NodesTest, ANodeSeesWhatAnotherDidToACaseThatItHadInMemory) {
  const auto other = openNode(place_.address(), place_.folder());
  ASSERT_TRUE(other) << describe(other.error());
  const auto started = startCase(*city_, definition_, "raced");
  ASSERT_TRUE(started);
  const auto comment = [&](cli::City& city, const char* text) {
    return city.engine().run({started->case_id, 0, bpmn::Comment{{}, text}, {"a", "", {}}, {}});
  };
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(comment(*city_, "one"));
    ASSERT_TRUE(comment(**other, "two"));
  }
  EXPECT_EQ(kindsOf(started->case_id)["comment"], 20);
}

}  // namespace
}  // namespace jinyue::nodes
