# accord_embed(target FILES file...): the target carries the files as they are, and the function Embedded of
# clients/accordctl/core/embedded.h finds one by its name without folders. The target is linked anew when one changes.
function(accord_embed target)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(contents "")
  set(choices "")
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
    string(APPEND choices "  if (name == \"${name}\") {
    return {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)};
  }
")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Written by cmake/Embed.cmake.
#include \"clients/accordctl/core/embedded.h\"

#include <cstdlib>

@contents@
namespace accord::ctl {
std::string_view Embedded(std::string_view name) {
@choices@  std::abort();
}
}  // namespace accord::ctl
" @ONLY)
  # It includes next to nothing, so that headers parsed before it would only cost time.
  set_source_files_properties(${source} PROPERTIES
    OBJECT_DEPENDS "${ARG_FILES}" SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${source})
endfunction()
