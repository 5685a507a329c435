// Files that a command writes.
#pragma once

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

namespace holdfast::cli {

/// Empties its file once there is something to write.
class output_buffer final : public std::filebuf {
public:
  void open_as_it_is(const std::string& path);

protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int_type overflow(int_type next) override;

private:
  void begin();

  std::string path_;
  bool has_begun_ = false;
};

/// A file that can be written, and keeps what it holds until it is. Open it
/// before the work whose results it takes.
class output_file final : public std::ostream {
public:
  /// No file for an empty path. Throws `config_error`, which names `option`, if
  /// it cannot be opened.
  output_file(const std::string& option, const std::string& path);

  bool is_open() const {
    return buffer_.is_open();
  }

private:
  output_buffer buffer_;
};

/// A file and the option that says it.
struct named_file {
  std::string option;
  std::string path;
};

/// Throws `config_error` if one of `outputs` is another one of them or one of
/// `inputs`. Those without a path are none, and what keeps nothing, as devices
/// and pipes do, takes everything.
void check_apart(const std::vector<named_file>& inputs,
                 const std::vector<named_file>& outputs);

} // namespace holdfast::cli
