#ifndef CONSUMER_HPP
#define CONSUMER_HPP

#include <mec/service_mgmt/client.hpp>

using services = mec::result<std::vector<mec::service_mgmt::service_info>>;

services list_services(const std::string& api_root, const std::string& app_instance_id);
bool emulator_works();

#endif
