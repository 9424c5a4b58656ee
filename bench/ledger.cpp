// What a record costs in the ledger: encoding, decoding, hashing, the tree, signing a head.
#include <benchmark/benchmark.h>

#include "ledger/digest.h"
#include "ledger/head.h"
#include "ledger/record.h"
#include "ledger/tree.h"

namespace {

using namespace jinyue;
using namespace jinyue::ledger;

Record sample() {
  std::string body = R"({"node":"handle","outputs":{)";
  for (int i = 0; body.size() < 180; ++i)
    body += (i == 0 ? "\"v" : ",\"v") + std::to_string(i) + "\":\"办结\"";
  return {1234567,     12,         "task.completed", "officer-4711", *parseInstant("2026-11-22T04:38:21.5Z"),
          "hotline@3", body + "}}"};
}

void encode(benchmark::State& state) {
  const Record record = sample();
  for (auto _ : state) benchmark::DoNotOptimize(encodeRecord(record));
  state.counters["bytes"] = static_cast<double>(encodeRecord(record).size());
}
BENCHMARK(encode);

void decode(benchmark::State& state) {
  const std::string bytes = encodeRecord(sample());
  for (auto _ : state) benchmark::DoNotOptimize(decodeRecord(bytes));
}
BENCHMARK(decode);

void leaf(benchmark::State& state) {
  Hasher hasher(static_cast<HashAlgorithm>(state.range(0)));
  const std::string bytes = encodeRecord(sample());
  for (auto _ : state) benchmark::DoNotOptimize(hasher.leaf(bytes));
}
BENCHMARK(leaf)->ArgName("sm3")->Arg(0)->Arg(1);

void node(benchmark::State& state) {
  Hasher hasher(static_cast<HashAlgorithm>(state.range(0)));
  Hash hash;
  for (auto _ : state) hash = hasher.node(hash, hash);
  benchmark::DoNotOptimize(hash);
}
BENCHMARK(node)->ArgName("sm3")->Arg(0)->Arg(1);

/// A commit of 100 records: leaves, root and changed tiles.
void commitOfHundred(benchmark::State& state) {
  LogTree tree(static_cast<HashAlgorithm>(state.range(0)));
  const std::string bytes = encodeRecord(sample());
  for (auto _ : state) {
    for (int i = 0; i < 100; ++i) tree.appendLeaf(bytes);
    benchmark::DoNotOptimize(tree.root());
    benchmark::DoNotOptimize(tree.takeChangedTiles());
  }
}
BENCHMARK(commitOfHundred)->ArgName("sm3")->Arg(0)->Arg(1);

void sign(benchmark::State& state) {
  const Signer signer = Signer::generate(static_cast<SignatureAlgorithm>(state.range(0)));
  Head head;
  head.log = "bench";
  for (auto _ : state) benchmark::DoNotOptimize(signer.sign(head));
}
BENCHMARK(sign)->ArgName("sm2")->Arg(0)->Arg(1);

void verify(benchmark::State& state) {
  const Signer signer = Signer::generate(static_cast<SignatureAlgorithm>(state.range(0)));
  Head head;
  head.log = "bench";
  head = signer.sign(head);
  const Verifier verifier = signer.verifier();
  for (auto _ : state) benchmark::DoNotOptimize(verifier.verify(head));
}
BENCHMARK(verify)->ArgName("sm2")->Arg(0)->Arg(1);

void digest(benchmark::State& state) {
  const PersonalDigester digester(static_cast<HashAlgorithm>(state.range(0)), std::string(32, 'k'));
  for (auto _ : state) benchmark::DoNotOptimize(digester.digest(42, "\"13800000000\""));
}
BENCHMARK(digest)->ArgName("sm3")->Arg(0)->Arg(1);

}  // namespace
