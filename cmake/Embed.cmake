# tocsin_embed(OUT NAMESPACE ns SYMBOL sym FILES ...): a .cpp with each file's name and text, sorted
# by name, so that a program needs no files beside it. The generated function is
# `std::span<const EmbeddedFile> sym()`.
function(tocsin_embed out)
  cmake_parse_arguments(EMBED "" "NAMESPACE;SYMBOL" "FILES" ${ARGN})
  list(SORT EMBED_FILES)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${EMBED_NAMESPACE} -DSYMBOL=${EMBED_SYMBOL}
            "-DFILES=${EMBED_FILES}" -P ${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake
    DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake VERBATIM)
endfunction()
