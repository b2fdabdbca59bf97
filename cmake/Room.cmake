# tocsin_room(PATH [LINKS ...] [PRIVATE ...] [MADE ...]): one folder, one static library, one
# namespace. MADE are sources made at build time, tables and texts.
# LINKS is the wall: what is not listed there cannot be linked, and tests/tidy holds the includes
# to it too. Every room is remembered in the global property TOCSIN_ROOMS, for the tests.
function(tocsin_room path)
  cmake_parse_arguments(ROOM "" "" "LINKS;PRIVATE;MADE" ${ARGN})
  string(REPLACE "/" "_" target ${path})
  set_property(GLOBAL APPEND PROPERTY TOCSIN_ROOMS ${target})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${path}/*.cpp)
  list(APPEND sources ${ROOM_MADE})
  if(NOT sources)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE
      ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
    target_link_libraries(${target} INTERFACE ${ROOM_LINKS})
    return()
  endif()
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC
    ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(${target} PUBLIC ${ROOM_LINKS} PRIVATE tocsin_options ${ROOM_PRIVATE})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()

# tocsin_plugin(PATH TARGET [SEES ...] [PRIVATE ...]): a room that is a library nothing links and
# that is opened on demand. SEES names the rooms whose headers it includes, for tests/tidy; what
# they define in .cpp files it cannot use. PRIVATE is linked.
function(tocsin_plugin path target)
  cmake_parse_arguments(ROOM "" "" "SEES;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${path}/*.cpp)
  add_library(${target} MODULE ${sources})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE tocsin_options ${ROOM_PRIVATE})
  set_target_properties(${target} PROPERTIES
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
