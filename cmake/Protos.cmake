# accord_proto_library(name proto...) makes the messages of protos of this folder, without gRPC stubs, because services
# and gateway work from descriptors. A proto is named as others import it.
function(accord_proto_library name)
  set(generated)
  foreach(proto ${ARGN})
    string(REGEX REPLACE "[.]proto$" "" stem ${proto})
    set(outputs ${CMAKE_CURRENT_BINARY_DIR}/${stem}.pb.cc ${CMAKE_CURRENT_BINARY_DIR}/${stem}.pb.h)
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc -I${CMAKE_CURRENT_SOURCE_DIR} -I${Protobuf_INCLUDE_DIRS}
              --cpp_out=${CMAKE_CURRENT_BINARY_DIR} ${proto}
      DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${proto}
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND generated ${outputs})
  endforeach()

  add_library(${name} STATIC ${generated})
  if(ACCORD_UNITY)
    set(compiled ${generated})
    list(FILTER compiled INCLUDE REGEX "[.]cc$")
    accord_unity_protos(${name} ${compiled})
  endif()
  target_include_directories(${name} SYSTEM PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf)
  # protoc's code is as little ours as the library below it, which has no sanitizers either, and it is long: checks of
  # undefined behaviour are left out of it. Those of addresses stay, and see a message of ours that is used too late.
  if(ACCORD_SANITIZE MATCHES undefined)
    target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
  endif()
endfunction()
