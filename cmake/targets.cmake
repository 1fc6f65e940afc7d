# Settings that all targets of the project share.

# mec_settings(target): warnings, sanitizers, visibility. Never part of what is exported.
function(mec_settings target)
  target_compile_features(${target} PUBLIC cxx_std_17)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast
    $<$<BOOL:${MEC_WERROR}>:-Werror>)
  if(MEC_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-tsan) # Asio's fences; see tests/tsan.supp
  endif()
  if(MEC_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${MEC_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${MEC_SANITIZE})
  endif()
endfunction()

# mec_library(target alias): a library of the package, with its public headers in a file set.
function(mec_library target name)
  add_library(${target})
  add_library(mec::${name} ALIAS ${target})
  mec_settings(${target})
  string(REPLACE "_" "-" output ${target})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${output}
    EXPORT_NAME ${name}
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
endfunction()
