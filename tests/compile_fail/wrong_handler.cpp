// A handler gets one mec::result, not the pair of error code and value that other libraries pass.
// expect: no match(ing function)? for call to

#include <mec/service_mgmt/client.hpp>

void list(const mec::service_mgmt::client& client)
{
#ifndef ALLOWED
    client.async_list_services({}, [](boost::system::error_code, int) {});
#endif
    client.async_list_services(
        {}, [](const mec::result<std::vector<mec::service_mgmt::service_info>>&) {});
}
