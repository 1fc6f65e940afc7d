#include "notification_type.hpp"

#include <mec/core/time.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>

#include <gtest/gtest.h>

namespace {

struct with_optional {
    std::optional<mec::time_stamp> time_stamp;
    std::vector<std::string> values;
};
struct with_mandatory {
    std::string time_stamp;
};
struct with_default {
    mec::time_stamp time_stamp;
};
struct with_inner_default {
    std::optional<std::string> name;
    with_default inner;
};
struct with_hidden_default {
    std::vector<with_default> list;
    std::optional<with_default> one;
};
struct with_text_for_object {
    with_mandatory inner;
};
struct without {
    int unused = 0;
    std::string state;
};
using either = std::variant<with_optional, without>;

} // namespace

namespace mec::json {
template <> struct describe<with_optional> {
    static constexpr auto value =
        object("WithOptional", field<&with_optional::time_stamp>("timeStamp"),
               field<&with_optional::values>("values"));
};
template <> struct describe<with_mandatory> {
    static constexpr auto value =
        object("WithMandatory", field<&with_mandatory::time_stamp>("timeStamp"));
};
template <> struct describe<with_default> {
    static constexpr auto value =
        object("WithDefault", field<&with_default::time_stamp>("timeStamp").tolerating(defaulted));
};
template <> struct describe<with_inner_default> {
    static constexpr auto value = object("Inner", field<&with_inner_default::name>("name"),
                                         field<&with_inner_default::inner>("inner"));
};
template <> struct describe<with_hidden_default> {
    static constexpr auto value = object("Hidden", field<&with_hidden_default::list>("list"),
                                         field<&with_hidden_default::one>("one"));
};
template <> struct describe<with_text_for_object> {
    static constexpr auto value =
        object("Text", field<&with_text_for_object::inner>("inner").tolerating(text_as_object));
};
template <> struct describe<without> {
    static constexpr auto value = object("Without", field<&without::state>("state"));
};
template <> struct describe<either> {
    static constexpr auto value =
        alternatives("Either", "type", alternative<with_optional>("a"), alternative<without>("b"));
};
} // namespace mec::json

namespace {

using namespace mec::internal;

template <class T> const mec::json::type_desc& type_of = mec::json::type_of<T>::value;

template <class T> bool stamped(const std::string& text)
{
    T value{};
    EXPECT_FALSE(mec::json::decode(text, value));
    return has_time_stamp(type_of<T>, &value);
}

TEST(notification_type, tells_which_types_have_a_time_stamp)
{
    EXPECT_TRUE(may_have_time_stamp(type_of<with_optional>));
    EXPECT_TRUE(may_have_time_stamp(type_of<with_mandatory>));
    EXPECT_TRUE(may_have_time_stamp(type_of<either>));
    EXPECT_FALSE(may_have_time_stamp(type_of<without>));
    EXPECT_FALSE(may_have_time_stamp(type_of<std::vector<with_optional>>));
}

TEST(notification_type, tells_which_values_have_a_time_stamp)
{
    EXPECT_TRUE(stamped<with_optional>(R"({"timeStamp":{"seconds":1,"nanoSeconds":2}})"));
    EXPECT_TRUE(
        stamped<with_optional>(R"({"WithOptional":{"timeStamp":{"seconds":1,"nanoSeconds":2}}})"));
    EXPECT_FALSE(stamped<with_optional>(R"({"values":["timeStamp"]})"));
    EXPECT_TRUE(stamped<with_mandatory>(R"({"timeStamp":"now"})"));
    EXPECT_FALSE(stamped<without>(R"({"state":"timeStamp","timeStamp":{"seconds":1}})"));
    EXPECT_TRUE(stamped<either>(R"({"type":"a","timeStamp":{"seconds":1,"nanoSeconds":2}})"));
    EXPECT_FALSE(stamped<either>(R"({"type":"a"})"));
    EXPECT_FALSE(stamped<either>(R"({"type":"b","state":"x"})"));
}

TEST(notification_type, takes_a_default_for_no_time_stamp)
{
    EXPECT_FALSE(stamped<with_default>("{}"));
    EXPECT_FALSE(stamped<with_default>(R"({"timeStamp":{"seconds":1,"nanoSeconds":2}})"))
        << "cannot be told from its absence";
}

TEST(notification_type, knows_when_decoding_leaves_something_of_a_used_value)
{
    EXPECT_FALSE(overwritten_by_decoding(type_of<with_default>));
    EXPECT_FALSE(overwritten_by_decoding(type_of<with_inner_default>));
    EXPECT_FALSE(overwritten_by_decoding(type_of<with_text_for_object>));
    EXPECT_TRUE(overwritten_by_decoding(type_of<with_hidden_default>));
    EXPECT_TRUE(overwritten_by_decoding(type_of<with_optional>)) << "mec::time_stamp has defaults";
    EXPECT_TRUE(overwritten_by_decoding(type_of<either>));

    with_hidden_default used;
    ASSERT_FALSE(mec::json::decode(
        R"({"list":[{"timeStamp":{"seconds":7}}],"one":{"timeStamp":{"seconds":7}}})", used));
    ASSERT_FALSE(mec::json::decode(R"({"list":[{}],"one":{}})", used));
    EXPECT_EQ(used.list.at(0).time_stamp.seconds, 0U);
    EXPECT_EQ(used.one.value().time_stamp.seconds, 0U);
}

TEST(notification_type, knows_a_test_notification)
{
    EXPECT_TRUE(is_test_notification(
        R"({"notificationType":"TestNotification","_links":{"subscription":{"href":"http://a/b"}}})"));
    EXPECT_FALSE(is_test_notification(R"({"notificationType":"CellChangeNotification"})"));
    EXPECT_FALSE(is_test_notification(R"({"notificationType":["TestNotification"]})"));
    EXPECT_FALSE(is_test_notification("TestNotification"));
}

} // namespace
