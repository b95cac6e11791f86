# These files are compiled together. What a file includes costs some five seconds before its own first line, and
# together they pay it once. The builds of `./accord nightly` without ACCORD_UNITY, the thread sanitizer's and the one
# that counts lines, compile one by one, and so find the file that relies on what another one includes. A library may be
# built so if no two files of one of its folders give one name, in a namespace without a name, to two things; and if no
# such name hides what another file of the folder means by it.
option(ACCORD_UNITY "Compile files of a folder together" ${ACCORD_PCH})
# Whoever changes one file waits for its whole unit, so a build that developers repeat all day has smaller units.
set(ACCORD_UNITY_FILES 12 CACHE STRING "Most files of a library that are compiled together")
set(ACCORD_UNITY_TESTS 4 CACHE STRING "Most files of a test program that are compiled together")

# accord_unity(name most file...) puts files of one folder into units of at most `most`, all of about the same number.
# With ACCORD_UNITY_ACROSS_FOLDERS all files of the target count as of one folder, and so share units in the order of
# its list.
function(accord_unity name limit)
  set(folders "")
  foreach(source ${ARGN})
    cmake_path(GET source PARENT_PATH folder)
    if(ACCORD_UNITY_ACROSS_FOLDERS)
      set(folder "")
    endif()
    string(MAKE_C_IDENTIFIER "unit_${folder}" folder)
    if(NOT folder IN_LIST folders)
      list(APPEND folders ${folder})
      set(sources_of_${folder} "")
    endif()
    list(APPEND sources_of_${folder} ${source})
  endforeach()
  foreach(folder ${folders})
    list(LENGTH sources_of_${folder} count)
    math(EXPR units "(${count} + ${limit} - 1) / ${limit}")
    math(EXPR most "(${count} + ${units} - 1) / ${units}")
    set(index 0)
    foreach(source ${sources_of_${folder}})
      math(EXPR unit "${index} / ${most}")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${unit})
      math(EXPR index "${index} + 1")
    endforeach()
  endforeach()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # To the compiler a file of a unit is a header, where a class must hold nothing that only one file knows.
  target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
endfunction()

# accord_unity_protos(name file...) does the same for what protoc writes, by folders alone. protoc gives two names to a
# thing of each file, which here get the file's own end.
function(accord_unity_protos name)
  foreach(source ${ARGN})
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
    string(MAKE_C_IDENTIFIER "unit_${folder}" folder)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder})
  endforeach()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP
    UNITY_BUILD_UNIQUE_ID ACCORD_UNITY_FILE
    UNITY_BUILD_CODE_BEFORE_INCLUDE "#include <google/protobuf/generated_message_reflection.h>
#define ACCORD_UNITY_JOINED(a, b) a##b
#define ACCORD_UNITY_NAMED(a, b) ACCORD_UNITY_JOINED(a, b)
#define schemas ACCORD_UNITY_NAMED(schemas_, ACCORD_UNITY_FILE)
#define file_default_instances ACCORD_UNITY_NAMED(file_default_instances_, ACCORD_UNITY_FILE)"
    UNITY_BUILD_CODE_AFTER_INCLUDE "#undef schemas
#undef file_default_instances")
endfunction()
