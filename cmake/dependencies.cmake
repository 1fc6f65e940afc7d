# Only finds; never downloads.
find_package(Boost 1.81 REQUIRED CONFIG) # headers only
find_package(OpenSSL 3.0 REQUIRED)
find_package(Threads REQUIRED)

# Debian's RapidJSON has a variable, Conan's and vcpkg's a target; the headers are all we need.
if(NOT TARGET rapidjson)
  find_path(MEC_RAPIDJSON_INCLUDE_DIR rapidjson/writer.h REQUIRED)
endif()

if(MEC_BUILD_TOOLS)
  find_package(CLI11 2.0 REQUIRED CONFIG)
endif()
if(MEC_BUILD_TESTS)
  find_package(GTest 1.12 REQUIRED)
endif()
