#include "src/config/config_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "src/config/config_error.hpp"
#include "src/config/regular_file.hpp"

namespace holdfast::config {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits may be parted, as in 4_000.
std::string without_separators(const std::string& word) {
  std::string made;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (word[i] != '_' || i == 0 || i + 1 == word.size()
        || !is_digit(word[i - 1]) || !is_digit(word[i + 1]))
      made += word[i];
  return made;
}

/// A position in the text and what can be read from there.
class reader {
public:
  reader(std::string_view text, const std::string& file_name)
      : text_(text), file_name_(file_name) {
    if (constexpr std::string_view mark = "\xef\xbb\xbf";
        text_.starts_with(mark))
      text_.remove_prefix(mark.size());
  }

  std::vector<file_entry> read_all() {
    std::vector<file_entry> entries;
    for (skip_lines(); !at_end(); skip_lines()) {
      entries.push_back(read_entry());
      for (const auto& earlier : entries)
        if (&earlier != &entries.back() && earlier.key == entries.back().key)
          fail("\"" + earlier.key + "\" is there twice, first in line "
               + std::to_string(earlier.line));
      skip_blanks();
      if (!at_end() && peek() != '\n')
        fail("nothing may follow a value but a comment");
    }
    return entries;
  }

private:
  [[noreturn]] void fail(const std::string& what) const {
    throw config_error{file_name_ + ", line " + std::to_string(line_) + ": "
                       + what};
  }

  bool at_end() const {
    return at_ == text_.size();
  }

  char peek() const {
    return at_end() ? '\n' : text_[at_];
  }

  char next() {
    const char c = text_[at_++];
    line_ += c == '\n';
    return c;
  }

  /// White space and a comment, up to the end of the line.
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r')
      next();
    if (peek() == '#')
      while (peek() != '\n')
        next();
  }

  void skip_lines() {
    skip_blanks();
    while (!at_end() && peek() == '\n') {
      next();
      skip_blanks();
    }
  }

  file_entry read_entry() {
    file_entry entry;
    entry.line = line_;
    if (peek() == '[')
      fail("the file has no [tables]: every line is name = value");
    while (is_word(peek()))
      entry.key += next();
    skip_blanks();
    if (entry.key.empty() || peek() != '=')
      fail("must be name = value");
    next();
    skip_blanks();
    if (peek() == '[')
      read_array(entry);
    else
      read_scalar(entry);
    return entry;
  }

  void read_array(file_entry& entry) {
    entry.is_array = true;
    next();
    for (skip_lines(); peek() != ']'; skip_lines()) {
      read_scalar(entry);
      skip_lines();
      if (peek() == ',')
        next();
      else if (peek() != ']')
        fail("a list needs a comma between its values and ] at its end");
    }
    next();
  }

  void read_scalar(file_entry& entry) {
    const auto is_quoted = peek() == '"' || peek() == '\'';
    (is_quoted ? entry.has_quoted : entry.has_bare) = true;
    entry.items.push_back(is_quoted ? read_string() : read_word());
  }

  std::string read_word() {
    std::string word;
    while (is_word(peek()) || peek() == '.' || peek() == '+')
      word += next();
    const bool is_number = word.find_first_of("0123456789") <= 1;
    if (word != "true" && word != "false" && !is_number)
      fail("a value must be a \"text\" in quotes, a number, true, false or a "
           "[list]");
    return without_separators(word);
  }

  std::string read_string() {
    const char mark = next();
    std::string content;
    while (peek() != mark) {
      if (peek() == '\n')
        fail("a text ends without its quote");
      const char c = next();
      content += c == '\\' && mark == '"' ? read_escape() : c;
    }
    next();
    return content;
  }

  char read_escape() {
    const char c = peek();
    if (c != '"' && c != '\\')
      fail("only \\\" and \\\\ are known after a backslash; 'single quotes' "
           "take every character as it is");
    return next();
  }

  std::string_view text_;
  std::string file_name_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

} // namespace

std::vector<file_entry> parse_config(std::string_view text,
                                     const std::string& file_name) {
  return reader{text, file_name}.read_all();
}

std::vector<file_entry> read_config(const std::string& file_name,
                                    const std::string& named_by) {
  const auto fail = [&](const char* why) {
    throw config_error{named_by + " is \"" + file_name
                       + "\": cannot be read: " + why};
  };
  errno = 0;
  // Not only a regular file: a shell may give the end of a pipe.
  std::ifstream file{file_name};
  std::string text(file_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad())
    fail(std::strerror(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > file_bytes_max)
    fail(file_too_large);
  return parse_config(text, file_name);
}

} // namespace holdfast::config
