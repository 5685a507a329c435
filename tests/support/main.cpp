#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

int main(int argc, char** argv) {
  // What was said is there even if the program is killed.
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  return doctest::Context{argc, argv}.run();
}
