# `cmake --install`: libraries, public headers, and a relocatable package for find_package(mec-sdk).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(MEC_INSTALL_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/mec-sdk)

# One export set a component: who wants the library only never needs what the others need.
set(mec_components "")
foreach(component sdk testing emulator mocks)
  if(NOT TARGET mec_${component})
    continue()
  endif()
  list(APPEND mec_components ${component})
  install(TARGETS mec_${component} EXPORT mec-sdk-${component}-targets
    RUNTIME COMPONENT runtime
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev
    ARCHIVE COMPONENT dev
    FILE_SET headers COMPONENT dev)
  install(EXPORT mec-sdk-${component}-targets NAMESPACE mec::
    DESTINATION ${MEC_INSTALL_CMAKE_DIR} COMPONENT dev)
endforeach()
if(TARGET mecctl)
  install(TARGETS mecctl RUNTIME COMPONENT tools)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/mec-sdk-config.cmake.in
  ${PROJECT_BINARY_DIR}/mec-sdk-config.cmake INSTALL_DESTINATION ${MEC_INSTALL_CMAKE_DIR})
# While the version is 0.x, a minor release may break; SOVERSION and inline namespace say the same.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/mec-sdk-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mec-sdk-config.cmake
              ${PROJECT_BINARY_DIR}/mec-sdk-config-version.cmake
  DESTINATION ${MEC_INSTALL_CMAKE_DIR} COMPONENT dev)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT dev)
