# SOCI 4.0.3 of Debian ships neither a CMake config nor a .pc file. Its headers pull in Boost unless told
# which of its features were built.
find_path(SOCI_INCLUDE_DIR soci/soci.h)
find_library(SOCI_CORE soci_core)
find_library(SOCI_SQLITE3 soci_sqlite3)
find_library(SOCI_POSTGRESQL soci_postgresql)
find_path(POSTGRESQL_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)
if(SOCI_INCLUDE_DIR)
  file(STRINGS ${SOCI_INCLUDE_DIR}/soci/version.h version REGEX "define SOCI_LIB_VERSION \"")
  string(REGEX REPLACE ".*\"([0-9_]+)\".*" "\\1" SOCI_VERSION "${version}")
  string(REPLACE "_" "." SOCI_VERSION "${SOCI_VERSION}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SOCI
  REQUIRED_VARS SOCI_CORE SOCI_SQLITE3 SOCI_POSTGRESQL SOCI_INCLUDE_DIR POSTGRESQL_INCLUDE_DIR
  VERSION_VAR SOCI_VERSION)

if(SOCI_FOUND AND NOT TARGET SOCI::soci)
  add_library(SOCI::soci INTERFACE IMPORTED)
  target_include_directories(SOCI::soci SYSTEM INTERFACE
    ${SOCI_INCLUDE_DIR} ${SOCI_INCLUDE_DIR}/soci ${POSTGRESQL_INCLUDE_DIR})
  target_compile_definitions(SOCI::soci INTERFACE
    SOCICONFIG_H_INCLUDED SOCI_HAVE_CXX11 SOCI_HAVE_VISIBILITY_SUPPORT SOCI_HAVE_SQLITE3 SOCI_HAVE_POSTGRESQL)
  target_link_libraries(SOCI::soci INTERFACE ${SOCI_SQLITE3} ${SOCI_POSTGRESQL} ${SOCI_CORE})
endif()
