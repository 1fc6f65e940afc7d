#include "mecctl_fixture.hpp"

#include <mec/core/url.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace mecctl_test {

mecctl_control::mecctl_control()
{
    char name[] = "/tmp/mecctl-runtime-XXXXXX";
    if (::mkdtemp(name)) directory = name;
}

mecctl_control::~mecctl_control() { std::filesystem::remove_all(directory); }

variables mecctl_control::with_directory(variables more) const
{
    more.emplace("XDG_RUNTIME_DIR", directory);
    return more;
}

std::unique_ptr<process> mecctl_control::start_emulator(words more)
{
    more.insert(more.begin(), {"emulator", "--control", "--print-env", "--log", "none"});
    auto p = start(more);
    environment = p->read_exports();
    return p;
}

std::unique_ptr<mecctl_control::child_process> mecctl_control::start_application()
{
    auto p = std::make_unique<child_process>(
        MEC_KILLED_APPLICATION, words{},
        process_test::variables(environment.begin(), environment.end()));
    for (std::string line = p->read_line(); line.rfind("active", 0) != 0; line = p->read_line())
        if (p->ended()) {
            ADD_FAILURE() << "the application ended: " << line << p->errors();
            break;
        }
    return p;
}

std::unique_ptr<process> mecctl_control::start(const words& command) const
{
    return std::make_unique<process>(command, with_directory({}));
}

outcome mecctl_control::run(const words& command, const variables& more) const
{
    process p(command, with_directory(more));
    outcome o;
    o.status = p.wait();
    o.output = p.rest();
    o.errors = p.errors();
    return o;
}

std::string mecctl_control::output_of(const words& command) const
{
    const outcome o = run(command);
    EXPECT_EQ(o.status, 0) << o.errors;
    EXPECT_EQ(o.errors, "");
    EXPECT_EQ(o.output.find('\x1b'), o.output.npos) << "colours are for terminals";
    return o.output;
}

std::string mecctl_control::refusal_of(const words& command, int status,
                                       const variables& more) const
{
    const outcome o = run(command, more);
    EXPECT_EQ(o.status, status) << o.output << o.errors;
    EXPECT_EQ(o.output, "");
    EXPECT_EQ(o.errors.rfind("mecctl: ", 0), 0U) << o.errors;
    return o.errors;
}

mec::http::response mecctl_control::get(const std::string& path) const
{
    const auto root = mec::url::parse(environment.at("MEC_MP1_URL"));
    EXPECT_TRUE(root);
    const auto ca = environment.find("MEC_CA_FILE");
    std::string pem;
    if (ca != environment.end()) {
        std::ifstream file(ca->second);
        pem.assign(std::istreambuf_iterator<char>(file), {});
    }
    return raw::client(root->origin(), pem)
        .exchange(raw::request("GET", root->with_path_suffix(path).target()));
}

} // namespace mecctl_test
