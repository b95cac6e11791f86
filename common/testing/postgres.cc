#include "common/testing/postgres.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "common/storage/database/database.h"

namespace accord::testing {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "PostgreSQL for the test: %s\n", what.c_str());
  std::abort();
}

std::string FindBinaries() {
  std::string newest;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    if (fs::exists(entry.path() / "bin/initdb")) newest = std::max(newest, (entry.path() / "bin").string());
  }
  if (newest.empty()) Fail("install the package `postgresql`");
  return newest;
}

}  // namespace

std::string PostgresCluster::buffers_ = "128MB";

void PostgresCluster::UseBuffers(const std::string& size) { buffers_ = size; }

PostgresCluster& PostgresCluster::Shared() {
  static PostgresCluster cluster;
  return cluster;
}

PostgresCluster::PostgresCluster() : bin_(FindBinaries()) {
  const std::string dir = directory_.path();
  if (geteuid() == 0 && std::system(("chown postgres " + dir).c_str()) != 0)
    Fail("there is no user postgres");
  if (Run(bin_ + "/initdb -D " + dir + "/data -U accord --auth=trust -E UTF8 --locale=C > " + dir +
          "/initdb.log 2>&1") != 0) {
    Fail("initdb failed, see " + dir + "/initdb.log");
  }
  if (Run(bin_ + "/pg_ctl -D " + dir + "/data -w -t 60 -l " + dir + "/log -o \"-c listen_addresses='' -k " +
          dir + " -c max_connections=200 -c shared_buffers=" + buffers_ + "\" start > /dev/null") != 0) {
    Fail("the server did not start");
  }
}

PostgresCluster::~PostgresCluster() {
  Run(bin_ + "/pg_ctl -D " + directory_.path("data") + " -w -m immediate stop > /dev/null");
}

int PostgresCluster::Run(const std::string& command) const {
  if (geteuid() != 0) return std::system(command.c_str());
  // PostgreSQL refuses to run as root.
  std::string quoted;
  for (char c : command) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return std::system(
      ("cd / && setpriv --reuid=postgres --regid=postgres --clear-groups sh -c '" + quoted + "'").c_str());
}

std::string PostgresCluster::Dsn(const std::string& database) const {
  return "postgresql://accord@/" + database + "?host=" + directory_.path();
}

std::string PostgresCluster::NewDatabase() {
  const std::string name = "test" + std::to_string(++databases_);
  if (Run(bin_ + "/createdb -h " + directory_.path() + " -U accord " + name) != 0) Fail("createdb failed");
  return Dsn(name);
}

}  // namespace accord::testing
