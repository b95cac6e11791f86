# accord_embed(target FILES file...) embeds files: the target carries the files as they are, and the function Embedded
# of clients/accordctl/core/embedded.h finds one by its name without folders. The target is linked anew when one
# changes. HEADER file and NAMESPACE name declare another Embedded for a library that others link, such as
# common/base/embedded.h. With MIGRATIONS namespace they are migrations, and MigrationFiles() of that namespace within
# accord gives all of them in the order of the list, which common/storage/database/migration_file.h reads.
function(accord_embed target)
  cmake_parse_arguments(ARG "" "MIGRATIONS;HEADER;NAMESPACE" "FILES" ${ARGN})
  set(contents "")
  set(choices "")
  set(items "")
  foreach(file ${ARG_FILES})
    cmake_path(GET file FILENAME name)
    string(MAKE_C_IDENTIFIER "accord_embedded_${name}" symbol)
    # The assembler alone takes a file as it is.
    string(APPEND contents "asm(\".section .rodata\\n\"
    \"${symbol}_begin: .incbin \\\"${file}\\\"\\n\"
    \"${symbol}_end:\\n\"
    \".previous\\n\");
extern \"C\" const char ${symbol}_begin[], ${symbol}_end[];
")
    set(bytes "{${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}")
    string(APPEND choices "  if (name == \"${name}\") {
    return ${bytes};
  }
")
    string(APPEND items "      {\"${name}\", ${bytes}},
")
  endforeach()
  if(ARG_MIGRATIONS)
    set(header common/storage/database/migration_file.h)
    set(code "namespace accord::${ARG_MIGRATIONS} {
std::vector<storage::MigrationFile> MigrationFiles() {
  return {
${items}  };
}
}  // namespace accord::${ARG_MIGRATIONS}
")
  else()
    set(header clients/accordctl/core/embedded.h)
    set(space accord::ctl)
    if(ARG_HEADER)
      set(header ${ARG_HEADER})
      set(space ${ARG_NAMESPACE})
    endif()
    set(code "namespace ${space} {
std::string_view Embedded(std::string_view name) {
${choices}  std::abort();
}
}  // namespace ${space}
")
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Written by cmake/Embed.cmake.
#include \"@header@\"

#include <cstdlib>

@contents@
@code@" @ONLY)
  # It includes so little that headers parsed before it would only cost time.
  set_source_files_properties(${source} PROPERTIES
    OBJECT_DEPENDS "${ARG_FILES}" SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${source})
endfunction()

# With accord_migrations(target namespace folder) the target carries the migrations of the folder, by their numbers.
function(accord_migrations target namespace folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.sql)
  accord_embed(${target} MIGRATIONS ${namespace} FILES ${files})
endfunction()
