// The process that the crash test kills: an engine under full load. Reads from standard input what each
// client was doing when the last worker died ("client round step case task", one line each, then an empty
// line), and goes on from there: a command that was sent but not acknowledged is sent again with the same
// key.
//
//   crash_worker ADDRESS KEY_FOLDER CLIENTS SECONDS

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <thread>

#include <unistd.h>

#include "cli/city.h"
#include "crash/script.h"

namespace jinyue::crash {
namespace {

void say(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(3);
}

/// One client's life: send, wait, note, next; until told to stop.
void work(cli::City& city, std::int64_t definition, Step next, bool resend, const std::atomic<bool>& stop) {
  while (!stop) {
    if (!resend) {
      if (next.step == 0) {
        next.case_id = 0;
        next.task = 0;
      } else {
        store::TaskFilter filter;
        filter.case_id = next.case_id;
        const auto tasks = city.store().listTasks(filter, {});
        if (tasks.rows.size() != 1) {  // what was acknowledged must be visible
          say(fmt::format("E client {} sees {} tasks of case {}\n", next.client, tasks.rows.size(),
                          next.case_id));
          std::_Exit(4);
        }
        next.task = tasks.rows.front().id.number;
      }
      say(sentLine(next));
    }
    resend = false;
    casework::Request request;
    // Another officer at each step, as separation of duties wants it.
    request.actor = {fmt::format("officer:{}-{}", next.client, next.step),
                     "12345",
                     {"agent", "dispatcher", "caller", "verifier"}};
    request.key = next.key();
    if (next.step == 0) {
      bpmn::Start start;
      start.process = process_id;
      start.key = next.key();
      start.variables.set("title", feel::Value(std::string{"路灯不亮（示例）"}));
      start.variables.set("phone", feel::Value(std::string{"13000000001"}));
      start.variables.set("satisfied", feel::Value(true));
      request.definition = definition;
      request.command = std::move(start);
    } else {
      request.case_id = next.case_id;
      request.command = bpmn::Complete{next.task, {}};
    }
    const auto reply = city.engine().run(std::move(request));
    if (!reply) {
      if (reply.error().kind == ProblemKind::unavailable) {
        resend = true;
        continue;
      }
      say(fmt::format("E {}: {}\n", next.key(), describe(reply.error())));
      std::_Exit(5);
    }
    say(acknowledgedLine(next, reply->case_id, reply->position));
    next.case_id = reply->case_id;
    if (++next.step > tasks_in_case) {
      next.step = 0;
      ++next.round;
    }
  }
}

int run(const std::string& address, const std::string& keys, int clients, int seconds) {
  std::vector<std::pair<Step, bool>> plan;
  for (int i = 0; i < clients; ++i) plan.push_back({Step{i}, false});
  for (std::string line; std::getline(std::cin, line) && !line.empty();) {
    std::istringstream in(line);
    Step s;
    int resend = 0;
    in >> s.client >> s.round >> s.step >> s.case_id >> s.task >> resend;
    plan.at(static_cast<std::size_t>(s.client)) = {s, resend != 0};
  }
  const auto opened = openCity(address, keys);
  if (!opened) {
    say("E " + describe(opened.error()) + "\n");
    return 6;
  }
  cli::City& city = **opened;
  const auto deployment = cli::readDeployment(JINYUE_SOURCE_DIR "/packs/demonstration");
  const auto deployed = deployment ? city.deployIfNew(*deployment) : std::unexpected(deployment.error());
  if (!deployed) {
    say("E " + describe(deployed.error()) + "\n");
    return 7;
  }
  const std::int64_t definition = (*deployed)->id;
  city.pump().start();
  say("R\n");
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (const auto& [step, resend] : plan) {
    threads.emplace_back([&, first = step, again = resend] { work(city, definition, first, again, stop); });
  }
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace jinyue::crash

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  return jinyue::crash::run(argv[1], argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
}
