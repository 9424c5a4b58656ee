// One node of a city over PostgreSQL: starts cases, fires timers and works on jobs until it is killed or its
// standard input ends. Prints "S case" for each case that it was told is started.
//
//   node_worker ADDRESS DATA

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <thread>

#include <unistd.h>

#include "nodes/node.h"

int main(int argc, char** argv) {
  using namespace jinyue;
  if (argc != 3) return 2;
  const auto city = nodes::openNode(argv[1], argv[2]);
  if (!city) {
    std::cerr << describe(city.error()) << '\n';
    return 3;
  }
  const auto definition = (*city)->definitions().latest("timed");
  if (!definition) return 4;
  (*city)->pump().start();
  std::atomic<bool> stop{false};
  std::thread starter([&] {
    while (!stop) {
      const auto reply = nodes::startCase(**city, (*definition)->id);
      if (reply) std::cout << "S " << reply->case_id << std::endl;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "rest") stop = true;  // starts no more cases, goes on with the work
  }
  stop = true;
  starter.join();
  (*city)->pump().stop();
  return 0;
}
