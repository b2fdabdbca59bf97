# antlr4_cpp(TARGET LEXER x.g4 PARSER y.g4 NAMESPACE ns SUPPORT files...): the generated lexer and
# parser as a static library, made at build time with Debian's antlr4 (tool 4.7.2 for runtime 4.9).
find_program(ANTLR4_TOOL antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE_DIR antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY NAMES antlr4-runtime REQUIRED)
if(NOT TARGET antlr4::runtime)
  add_library(antlr4::runtime UNKNOWN IMPORTED)
  set_target_properties(antlr4::runtime PROPERTIES IMPORTED_LOCATION "${ANTLR4_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${ANTLR4_INCLUDE_DIR}"
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${ANTLR4_INCLUDE_DIR}")
endif()
function(antlr4_cpp target)
  cmake_parse_arguments(A "" "LEXER;PARSER;NAMESPACE" "SUPPORT" ${ARGN})
  get_filename_component(L ${A_LEXER} NAME_WE)
  get_filename_component(P ${A_PARSER} NAME_WE)
  set(gen ${CMAKE_CURRENT_BINARY_DIR}/antlr/${target})
  set(out_lexer ${gen}/${L}.cpp ${gen}/${L}.h ${gen}/${L}.tokens)
  set(out_parser ${gen}/${P}.cpp ${gen}/${P}.h ${gen}/${P}Visitor.cpp ${gen}/${P}Visitor.h
    ${gen}/${P}BaseVisitor.cpp ${gen}/${P}BaseVisitor.h)
  set(options -Werror -Dlanguage=Cpp -visitor -no-listener -package ${A_NAMESPACE}
    -Xexact-output-dir -o ${gen} -lib ${gen})
  add_custom_command(OUTPUT ${out_lexer} COMMAND ${ANTLR4_TOOL} ${options} ${A_LEXER}
    DEPENDS ${A_LEXER} COMMENT "ANTLR ${L}" VERBATIM)
  add_custom_command(OUTPUT ${out_parser} COMMAND ${ANTLR4_TOOL} ${options} ${A_PARSER}
    DEPENDS ${A_PARSER} ${gen}/${L}.tokens COMMENT "ANTLR ${P}" VERBATIM)
  add_library(${target} STATIC ${out_lexer} ${out_parser} ${A_SUPPORT})
  target_include_directories(${target} SYSTEM PUBLIC ${gen} ${PROJECT_SOURCE_DIR}/grammar)
  target_link_libraries(${target} PUBLIC antlr4::runtime)
  # The tool writes u8"" literals into std::string, which C++20 refuses without -fno-char8_t.
  target_compile_options(${target} PRIVATE -w -fno-char8_t)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()
