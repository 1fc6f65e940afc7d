#ifndef MEC_TESTS_UNIT_EMULATOR_RADIO_WORLD_HPP
#define MEC_TESTS_UNIT_EMULATOR_RADIO_WORLD_HPP

/// @file
/// A small network: two LTE cells 1 km apart on one carrier, one LTE cell and one NR cell on their own.

#include "emulator/radio/player.hpp"

#include <gtest/gtest.h>

namespace radio_test {

namespace radio = mec::emulator::radio;
using radio::milliseconds;

/// What a model says, in order.
struct recorder {
    std::vector<radio::event> events;

    void listen_to(radio::model& m)
    {
        m.listen([this](const radio::event& e) { events.push_back(e); });
    }
    template <class T> std::vector<T> all() const
    {
        std::vector<T> found;
        for (const radio::event& e : events)
            if (const T* one = std::get_if<T>(&e.what)) found.push_back(*one);
        return found;
    }
    /// The index of each event in the variant.
    std::vector<std::size_t> kinds() const
    {
        std::vector<std::size_t> found;
        for (const radio::event& e : events) found.push_back(e.what.index());
        return found;
    }
};

inline radio::cell make_cell(const std::string& name, double x, const std::string& id,
                             radio::technology t = radio::technology::lte,
                             std::uint32_t carrier = 1300)
{
    radio::cell c;
    c.name = name;
    c.technology = t;
    c.cell_id = id;
    c.position = radio::point{x, 0};
    c.carrier = carrier;
    return c;
}

inline radio::network make_network()
{
    radio::network n;
    n.plmns = {{"001", "01"}};
    return n;
}

inline radio::ue make_ue(const std::string& name, double x)
{
    radio::ue u;
    u.name = name;
    u.ipv4 = "10.0.0.1";
    u.position = radio::point{x, 0};
    return u;
}

inline radio::erab make_rab(int id, int qci = 9)
{
    radio::erab e;
    e.erab_id = id;
    e.qci = qci;
    return e;
}

inline radio::model make_model(radio::network n = make_network())
{
    radio::model m(std::move(n));
    EXPECT_FALSE(m.add_cell(make_cell("west", 0, "0000001")));
    EXPECT_FALSE(m.add_cell(make_cell("east", 1000, "0000002")));
    EXPECT_FALSE(m.add_cell(make_cell("small", 500, "0000003", radio::technology::lte, 3050)));
    EXPECT_FALSE(m.add_cell(make_cell("new", 500, "000000004", radio::technology::nr, 640000)));
    return m;
}

inline std::shared_ptr<const radio::route> make_way(double from, double to, double speed)
{
    radio::route r;
    r.name = "way";
    r.points = {{from, 0}, {to, 0}};
    r.speed = speed;
    return std::make_shared<const radio::route>(r);
}

} // namespace radio_test

#endif
