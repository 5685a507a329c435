// Makes of a node one that speaks a later protocol with other nodes.
#include "holdfast/member_start.hpp"

#define INTRODUCE "_ZN8holdfast9introduceERKNS_8settingsERKNS_12member_startE"

namespace holdfast {

greeting real_introduction(const settings& with,
                           const member_start& start) asm("__real_" INTRODUCE);
greeting later_introduction(const settings& with,
                            const member_start& start) asm("__wrap_" INTRODUCE);

greeting later_introduction(const settings& with, const member_start& start) {
  auto made = real_introduction(with, start);
  ++made.protocol;
  return made;
}

} // namespace holdfast
