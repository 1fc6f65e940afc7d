# Every option of the project. A project that adds this one as a subdirectory gets the library only.
option(MEC_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(MEC_BUILD_EMULATOR "Build the platform emulator, mec::emulator" ${PROJECT_IS_TOP_LEVEL})
option(MEC_BUILD_TESTING "Build the test helpers, mec::testing" ${PROJECT_IS_TOP_LEVEL})
option(MEC_BUILD_TOOLS "Build mecctl" ${PROJECT_IS_TOP_LEVEL})
option(MEC_BUILD_SAMPLES "Build the samples" ${PROJECT_IS_TOP_LEVEL})
option(MEC_BUILD_BENCH "Build the benchmarks and the programs they compare with" OFF)
option(MEC_BUILD_FUZZ "Build the fuzz targets (clang only)" OFF)
option(MEC_INSTALL "Generate the install target" ${PROJECT_IS_TOP_LEVEL})
option(MEC_WERROR "Treat warnings as errors" OFF)
set(MEC_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined or thread")

# The tools, the tests and the benchmarks use the emulator and the test helpers.
if(MEC_BUILD_TOOLS OR MEC_BUILD_TESTS OR MEC_BUILD_SAMPLES OR MEC_BUILD_BENCH)
  set(MEC_BUILD_EMULATOR ON)
endif()
if(MEC_BUILD_TESTS)
  set(MEC_BUILD_TESTING ON)
endif()
