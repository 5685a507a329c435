// Everything about one SKU once more, one at a time. Internal to the checker.
#pragma once

#include "src/checker/deadlines.hpp"

namespace holdfast::checker {

/// Items 5 and 6. Requires versions without gaps; completes the events.
void replay(sku_case& of, const timeline& times, const surroundings& in,
            violations& found);

} // namespace holdfast::checker
