// The parser behind the guard, to compare with.
#pragma once

#include <cstddef>

#include <http_parser.h>

namespace holdfast::http {

/// http_parser the way RESTinio drives it: it stops after each message.
class parser_oracle {
public:
  parser_oracle() {
    http_parser_settings_init(&settings_);
    settings_.on_message_complete = [](http_parser* self) {
      http_parser_pause(self, 1);
      return 0;
    };
    http_parser_init(&parser_, HTTP_REQUEST);
  }

  /// True unless the parser and the inbox disagree.
  bool read(const char* data, std::size_t size) {
    const auto used = http_parser_execute(&parser_, &settings_, data, size);
    const auto error = HTTP_PARSER_ERRNO(&parser_);
    if (parser_.upgrade != 0)
      return false;
    if (error == HPE_PAUSED) {
      ++messages_;
      http_parser_init(&parser_, HTTP_REQUEST);
    }
    return used == size && (error == HPE_OK || error == HPE_PAUSED);
  }

  unsigned messages() const {
    return messages_;
  }

private:
  http_parser parser_{};
  http_parser_settings settings_{};
  unsigned messages_ = 0;
};

} // namespace holdfast::http
