#ifndef MEC_TESTS_UNIT_EMULATOR_RADIO_EVENT_TEXT_HPP
#define MEC_TESTS_UNIT_EMULATOR_RADIO_EVENT_TEXT_HPP

#include "world.hpp"

#include <sstream>

namespace radio_test {

/// Everything that an event says, for comparing streams byte by byte.
class event_text {
public:
    static std::string of(const radio::event& e)
    {
        event_text t;
        t << e.at.count() << e.what.index();
        std::visit([&](const auto& one) { t.write(one); }, e.what);
        return t.out_.str() + "\n";
    }

private:
    template <class T> event_text& operator<<(const T& value)
    {
        out_ << value << ' ';
        return *this;
    }
    template <class T> void write(const std::vector<T>& all)
    {
        *this << all.size();
        for (const T& one : all) write(one);
    }
    template <class T> void write(const std::optional<T>& one)
    {
        *this << one.has_value();
        if (one) write(*one);
    }
    void write(int n) { *this << n; }
    void write(const radio::cell_identity& c) { *this << c.plmn.mcc << c.plmn.mnc << c.cell_id; }
    void write(const radio::associate_id& a) { *this << static_cast<int>(a.type) << a.value; }
    void write(const radio::temp_ue_id& t) { *this << t.mmec << t.mtmsi; }
    void write(const radio::ue_identity& u)
    {
        *this << u.name;
        write(u.associate_ids);
        write(u.temp_ue_id);
    }
    void write(const radio::erab& e)
    {
        *this << e.erab_id << e.qci;
        if (e.rates)
            *this << e.rates->mbr_dl << e.rates->mbr_ul << e.rates->gbr_dl << e.rates->gbr_ul;
    }
    void write(const radio::s1_bearer& b)
    {
        *this << b.erab_id << b.enb.address << b.enb.tunnel_id << b.sgw.address << b.sgw.tunnel_id;
    }
    void write(const radio::lte_values& v)
    {
        *this << v.rsrp << v.rsrq << v.sinr;
        write(v.rsrp_ex);
        write(v.rsrq_ex);
    }
    void write(const radio::nr_values& v) { *this << v.rsrp << v.rsrq << v.sinr; }
    void write(const radio::ssb_values& v)
    {
        *this << v.index;
        write(v.values);
    }
    void write(const radio::lte_neighbour& n)
    {
        write(n.cell);
        write(n.values);
    }
    void write(const radio::nr_neighbour& n)
    {
        write(n.cell);
        write(n.values);
        write(n.beams);
    }
    void write(const radio::carrier_measurement& m)
    {
        write(m.secondary);
        write(m.values);
        write(m.neighbour);
    }
    void write(const radio::nr_carrier_measurement& m)
    {
        *this << m.carrier;
        write(m.secondary);
        write(m.neighbour);
    }
    void write(const radio::nr_serving_cell& s)
    {
        write(s.cell);
        write(s.neighbour);
    }
    void write(const radio::cell_change& e)
    {
        write(e.ue);
        write(e.source);
        write(e.targets);
        *this << static_cast<int>(e.status);
    }
    template <class Rab> auto write(const Rab& e) -> decltype(e.erab.qci, void())
    {
        write(e.ue);
        write(e.cell);
        write(e.erab);
    }
    void write(const radio::measurement_report& e)
    {
        write(e.ue);
        write(e.cell);
        *this << e.trigger;
        write(e.values);
        write(e.height);
        write(e.neighbours);
        write(e.carriers);
        write(e.nr_carriers);
        write(e.nr_neighbours);
    }
    void write(const radio::nr_measurement_report& e)
    {
        write(e.ue);
        write(e.cell);
        *this << e.trigger;
        write(e.serving);
        write(e.neighbours);
        write(e.lte_neighbours);
    }
    void write(const radio::timing_advance_changed& e)
    {
        write(e.ue);
        write(e.cell);
        *this << e.timing_advance;
    }
    void write(const radio::carriers_reconfigured& e)
    {
        write(e.ue);
        write(e.cell);
        write(e.added);
        write(e.removed);
        write(e.carriers);
    }
    void write(const radio::s1_bearers_changed& e)
    {
        *this << static_cast<int>(e.what);
        write(e.ue);
        write(e.cells);
        write(e.bearers);
    }

    std::ostringstream out_;
};

} // namespace radio_test

#endif
