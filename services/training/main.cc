#include "common/host/run.h"
#include "services/training/services.h"
#include "services/training/training_store.h"

int main(int argc, char** argv) {
  return accord::host::RunService(argc, argv, accord::training::TrainingMigrations(),
                                  accord::training::Serve);
}
