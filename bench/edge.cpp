// The edge under load: a server process somewhere, and clients here that use it over HTTP as programs do.
//
//   bench_edge path  --port 8080 --tokens FILE [--clients N] [--rate CASES] [--connections kept|case|request]
//   bench_edge burst --port 8080 --tokens FILE [--times 10] [--seconds 5]
//
// The server needs a pack with an item whose process asks for `title`, and has one task that the accounts of
// the tokens may claim and complete (bench/edge has one). bench/edge.sh sets all of it up. Prints what it
// measures; the exit code of `burst` says whether the accounts were right.
#include <cstdio>
#include <fstream>

#include <CLI/CLI.hpp>
#include <sys/resource.h>

#include "bench/edge_burst.h"

namespace jinyue::bench {
namespace {

/// The number of the one task is the same in every case; learned from the first.
int learnTask(Requests& requests, const Target& target, std::uint64_t& number) {
  Swarm swarm(target.host, target.port, 1, std::chrono::seconds{10});
  const auto client = swarm.newClient();
  std::string body;
  const auto ask = [&](std::string request, int wanted) {
    swarm.send(client, std::move(request), false, [&](const Answer& answer) {
      body = answer.body;
      if (answer.status != wanted)
        throw std::runtime_error(fmt::format("the server answered {}: {}", wordFor(answer), body));
    });
    while (swarm.underWay() > 0) swarm.poll(std::chrono::milliseconds{5});
  };
  ask(requests.start(number++), 201);
  ask(requests.readCase(numberOf(jsonField(body, "case_id"))), 200);
  const std::size_t tasks = body.find("\"tasks\":[");
  if (tasks == std::string::npos) throw std::runtime_error("the case has no tasks: " + body);
  return static_cast<int>(numberOf(jsonField(std::string_view{body}.substr(tasks), "number")));
}

std::vector<std::string> linesOf(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) throw std::runtime_error("no token in " + path);
  return lines;
}

void raiseFileLimit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int run(int argc, char** argv) {
  CLI::App app{"the edge under load"};
  app.require_subcommand(1);
  Target target;
  std::string tokens;
  PathOptions path;
  BurstOptions burst;
  bool without_search = false;
  const std::map<std::string, Connections> kinds{
      {"kept", Connections::kept}, {"case", Connections::per_case}, {"request", Connections::per_request}};
  auto* path_command = app.add_subcommand("path", "the whole path of cases");
  auto* burst_command = app.add_subcommand("burst", "several times what the server can take");
  for (auto* command : {path_command, burst_command}) {
    command->add_option("--host", target.host, "IPv4 address")->capture_default_str();
    command->add_option("--port", target.port)->capture_default_str();
    command->add_option("--tokens", tokens, "file with a bearer token on each line")->required();
    command->add_option("--pack", target.pack)->capture_default_str();
    command->add_option("--item", target.item)->capture_default_str();
  }
  path_command->add_option("--clients", path.clients, "at once; with --rate, the most")
      ->capture_default_str();
  path_command->add_option("--rate", path.rate, "cases begun each second; 0: as fast as they go");
  path_command->add_option("--seconds", path.seconds)->capture_default_str();
  path_command->add_option("--sources", path.sources, "client addresses")->capture_default_str();
  path_command->add_option("--connections", path.connections, "kept, or new for each case or request")
      ->transform(CLI::CheckedTransformer(kinds));
  path_command->add_flag("--no-search", without_search);
  burst_command->add_option("--capacity", burst.capacity, "starts a second; 0: measured first");
  burst_command->add_option("--times", burst.times)->capture_default_str();
  burst_command->add_option("--seconds", burst.seconds)->capture_default_str();
  burst_command->add_option("--open", burst.most_open, "connections at once")->capture_default_str();
  burst_command->add_option("--sources", burst.sources, "client addresses")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  path.search = !without_search;
  target.tokens = linesOf(tokens);
  raiseFileLimit();
  Requests requests(target);
  std::uint64_t number = 0;
  if (burst_command->parsed()) return Burst(requests, target, burst).run(number) ? 0 : 1;
  const int task = learnTask(requests, target, number);
  print(PathRun(requests, target, path, task).run(number));
  return 0;
}

}  // namespace
}  // namespace jinyue::bench

int main(int argc, char** argv) {
  try {
    return jinyue::bench::run(argc, argv);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 2;
  }
}
