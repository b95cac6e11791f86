// This file has the schema of this service's database.
#ifndef ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::intelligence {

std::vector<storage::Migration> IntelligenceMigrations();

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_
