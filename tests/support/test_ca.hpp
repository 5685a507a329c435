// Certificates for tests, made by the openssl program.
#pragma once

#include <string>

namespace holdfast::test {

/// A certificate authority with one server certificate, for 127.0.0.1.
class test_ca {
public:
  /// Writes below `directory`, with file names that begin with `name`. The
  /// server's certificate ends after so many `days`, -1 for yesterday. Throws
  /// `std::runtime_error` if openssl does not do it.
  test_ca(std::string directory, std::string name = "one", int days = 2);

  /// PEM files.
  std::string authority() const {
    return path("ca.pem");
  }
  std::string certificate() const {
    return path("cert.pem");
  }
  std::string key() const {
    return path("key.pem");
  }

private:
  std::string path(const std::string& what) const {
    return directory_ + "/" + name_ + "-" + what;
  }
  /// Words apart by blanks.
  void openssl(const std::string& words) const;

  std::string directory_;
  std::string name_;
};

} // namespace holdfast::test
