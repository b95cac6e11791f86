# Each build runs this. It writes ${OUT} if the commit is another than last time, so that only the binaries link anew.
# ACCORD_COMMIT, if set, names the commit of a tree that has no git, as in an image.
cmake_policy(VERSION 3.25)
if(NOT ACCORD_COMMIT)
  execute_process(COMMAND git describe --always --dirty --abbrev=12 "--exclude=*"
    WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE ACCORD_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT ACCORD_COMMIT)
  set(ACCORD_COMMIT unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "extern \"C\" {
extern const char accord_commit[];
const char accord_commit[] = \"@ACCORD_COMMIT@\";
}
" @ONLY)
